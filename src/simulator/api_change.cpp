// POST and DELETE Messages/{Sid}.json
#include "simulator/api.hpp"
#include "simulator/life_cycle.hpp"

namespace twilio_sms::detail::sim {
namespace {

api_error const not_final{409, 20009,
                          "Message resource is not in a final state, so it cannot be deleted or redacted yet"};

} // namespace

answer api::update(message_view& m, api_request const& r, account_state& account, time_point now)
{
    static api_error const invalid{400, 30400, "Update must be Body, empty, or Status, canceled"};
    update_parameters p;
    if (!decode_update_form(r.body, form_text_, p) || p.body.has_value() == p.status.has_value() ||
        (p.body && !p.body->empty()) || (p.status && *p.status != "canceled"))
        return refusal(invalid);
    auto const status = life_at(m, options_, now).status;
    if (p.status) {
        if (status != message_status::scheduled)
            return refusal({409, 30409, "Message cannot be canceled: it is not scheduled any more"});
        truth_->set_canceled(m.number, now);
        m.canceled_at = now;
    } else {
        if (!is_final(status))
            return refusal(not_final);
        truth_->set_redacted(m.number, now);
        m.redacted_at = now;
    }
    return fetch(m, account, now);
}

answer api::remove(message_view const& m, time_point now)
{
    if (!is_final(life_at(m, options_, now).status))
        return refusal(not_final);
    truth_->set_deleted(m.number);
    answer a;
    a.status = 204;
    return a;
}

} // namespace twilio_sms::detail::sim
