#include "core/resolution.hpp"
#include <algorithm>
#include <numeric>

namespace twilio_sms::detail {
namespace {

std::string_view without_trial_prefix(std::string_view text) noexcept
{
    if (text.starts_with(trial_prefix))
        text.remove_prefix(trial_prefix.size());
    return text;
}

bool same_text(std::string_view sent, std::string_view listed) noexcept
{
    return sent == listed || sent == without_trial_prefix(listed);
}

enum class likeness { same, perhaps, other };

// A service may choose a number that other sends ask for.
likeness compare_sender(sent_message const& sent, listed_message const& listed) noexcept
{
    auto const differ = [](std::string const& a, std::string const& b) { return !a.empty() && !b.empty() && a != b; };
    if (differ(sent.messaging_service_sid, listed.messaging_service_sid) || differ(sent.from, listed.from))
        return likeness::other;
    bool const shows_service = sent.messaging_service_sid == listed.messaging_service_sid;
    bool const shows_sender = sent.from.empty() || !listed.from.empty();
    return shows_service && shows_sender ? likeness::same : likeness::perhaps;
}

// Could this message of the list be that send? `perhaps` when the list does not show enough of it, or another text:
// Twilio can rewrite texts; or when it is the same, but at another time than it should be.
likeness compare(possible_send const& send, listed_message const& m) noexcept
{
    if (m.inbound || (m.date_created && send.window.rules_out(*m.date_created)))
        return likeness::other;
    // An empty text alone says little: it is also what redacted messages have.
    bool const matches = same_text(send.what->text, m.text) && (!send.what->text.empty() || m.has_media);
    bool const in_time = m.date_created && send.window.contains(*m.date_created);
    auto const sender = compare_sender(*send.what, m);
    if (!matches && (sender == likeness::other || (m.date_created && !in_time)))
        return likeness::other;
    // The list was asked for this recipient: one written otherwise may be the same.
    bool const sure = m.outbound && m.to == send.what->to && in_time && sender == likeness::same;
    return matches && sure ? likeness::same : likeness::perhaps;
}

// Could one message of the list be either? A service that may choose can choose what another send asks for.
bool alike(sent_message const& a, sent_message const& b) noexcept
{
    return without_trial_prefix(a.text) == without_trial_prefix(b.text) &&
           a.messaging_service_sid == b.messaging_service_sid && a.to == b.to &&
           (a.from == b.from || !a.messaging_service_sid.empty());
}

class judgement {
public:
    judgement(std::span<possible_send const> sends, std::span<listed_message const> messages, bool knows_all_others)
        : sends_(sends), messages_(messages), knows_all_others_(knows_all_others), answers_(sends.size())
    {}

    std::vector<answer_from_list> run() &&
    {
        for (std::size_t i = 0; i < sends_.size(); ++i) {
            bool const first_of_group = std::ranges::none_of(
                sends_.first(i), [&](possible_send const& s) { return alike(*s.what, *sends_[i].what); });
            if (first_of_group)
                judge_group(*sends_[i].what);
        }
        if (!absent_.empty()) // now that all messages have found their sends
            doubt_absence();
        for (auto& answer : answers_)
            if (answer.what != finding::accepted)
                answer.message = nullptr;
        return std::move(answers_);
    }

private:
    // All sends of the same text from the same sender: which message is whose cannot be seen, how many there are can.
    void judge_group(sent_message const& like)
    {
        std::vector<std::size_t> group;
        for (std::size_t i = 0; i < sends_.size(); ++i)
            if (alike(*sends_[i].what, like) && sends_[i].settled && !blocked(i))
                group.push_back(i);
        // Messages go to sends by time: the oldest to the send whose window ends first.
        std::ranges::sort(group, {}, [&](std::size_t i) { return sends_[i].window.until.latest; });
        std::vector<std::size_t> candidates;
        for (std::size_t m = 0; m < messages_.size(); ++m)
            if (std::ranges::any_of(group,
                                    [&](std::size_t i) { return compare(sends_[i], messages_[m]) == likeness::same; }))
                candidates.push_back(m);
        std::ranges::sort(candidates, {}, [&](std::size_t m) { return *messages_[m].date_created; });

        std::size_t matched = 0;
        for (auto const m : candidates)
            for (auto const i : group)
                if (answers_[i].what == finding::wait && compare(sends_[i], messages_[m]) == likeness::same) {
                    answers_[i] = {finding::accepted, &messages_[m]};
                    ++matched;
                    break;
                }
        bool const cannot_tell_which = matched > 0 && matched < group.size() && !one_form(group);
        for (auto const i : group) {
            if (answers_[i].what == finding::accepted) {
                if (cannot_tell_which || !knows_all_others_)
                    answers_[i].what = finding::ambiguous;
                if (!knows_all_others_)
                    answers_[i].message = nullptr; // it may be nobody's here
            } else {
                answers_[i].what = cannot_tell_which ? finding::ambiguous : finding::absent;
                if (!cannot_tell_which)
                    absent_.push_back(i);
            }
        }
    }

    // A send like it is under way, or not long enough ago, and a message in the list could be its.
    bool blocked(std::size_t i) const
    {
        return std::ranges::any_of(sends_, [&](possible_send const& s) {
            return !s.settled && alike(*s.what, *sends_[i].what) && s.window.may_overlap(sends_[i].window);
        });
    }

    bool one_form(std::vector<std::size_t> const& group) const
    {
        return std::ranges::all_of(
            group, [&](std::size_t i) { return sends_[i].what->form_hash == sends_[group.front()].what->form_hash; });
    }

    // A message that nobody accounts for might be one of the absent, with its text rewritten or out of its time.
    void doubt_absence()
    {
        std::vector<listed_message const*> nobodys;
        for (auto const& m : messages_)
            if (!accounted_for(m))
                nobodys.push_back(&m);
        for (auto const i : absent_)
            if (std::ranges::any_of(nobodys, [&](auto* m) { return compare(sends_[i], *m) == likeness::perhaps; }))
                answers_[i].what = finding::ambiguous;
    }

    // It was given to a send, or is like one about which nothing is decided yet.
    bool accounted_for(listed_message const& m) const
    {
        for (std::size_t i = 0; i < sends_.size(); ++i)
            if (answers_[i].message == &m ||
                (answers_[i].what == finding::wait && compare(sends_[i], m) == likeness::same))
                return true;
        return false;
    }

    std::span<possible_send const> sends_;
    std::span<listed_message const> messages_;
    bool knows_all_others_;
    std::vector<answer_from_list> answers_;
    std::vector<std::size_t> absent_; // as far as their own group goes
};

} // namespace

std::vector<answer_from_list> judge_by_list(std::span<possible_send const> sends,
                                            std::span<listed_message const> unattributed, bool knows_all_others)
{
    return judgement(sends, unattributed, knows_all_others).run();
}

} // namespace twilio_sms::detail
