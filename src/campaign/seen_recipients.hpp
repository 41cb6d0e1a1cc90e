// Which recipients were met before, for lists of any length in bounded memory.
#pragma once
#include <memory>
#include <string_view>

namespace twilio_sms::campaign {

/// A set of phone numbers and channel addresses. Keeps at most 16 MiB in memory and the rest in a private temporary
/// file (in TMPDIR, else /var/tmp or /tmp), which is gone with the object.
class seen_recipients {
public:
    /// Errors, here and in `insert`: throws `local_failure` when the temporary file fails, for example on a full disk.
    seen_recipients();
    seen_recipients(seen_recipients&&) noexcept;
    seen_recipients& operator=(seen_recipients&&) noexcept;
    ~seen_recipients();

    /// True when the recipient was not in the set. Precondition: an E.164 number or a channel address.
    bool insert(std::string_view recipient);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace twilio_sms::campaign
