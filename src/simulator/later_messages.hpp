// Messages that Twilio takes at a time to come.
#pragma once
#include "simulator/truth.hpp"
#include <map>
#include <string>
#include <utility>

namespace twilio_sms::detail::sim {

class later_messages {
public:
    /// Keeps a copy until `m.accepted_at`. The account's SID must live as long.
    void add(message_view const& m) { waiting_.emplace(m.accepted_at, m); }

    /// Calls `take(message)` for those whose time has come, in its order, and forgets them.
    template <class Take>
    void take_due(time_point now, Take take)
    {
        while (!waiting_.empty() && waiting_.begin()->first <= now) {
            take(waiting_.begin()->second.view);
            waiting_.erase(waiting_.begin());
        }
    }

    void clear() noexcept { waiting_.clear(); }

private:
    struct copy {
        explicit copy(message_view const& m) : view(m)
        {
            std::string_view* const parts[] = {&view.to, &view.from, &view.messaging_service_sid, &view.body,
                                               &view.media};
            for (auto const* part : parts)
                text += *part;
            char const* at = text.data();
            for (auto* part : parts)
                *part = {std::exchange(at, at + part->size()), part->size()};
        }
        copy(copy const&) = delete; // the view points into the text

        std::string text;
        message_view view;
    };
    std::multimap<time_point, copy> waiting_;
};

} // namespace twilio_sms::detail::sim
