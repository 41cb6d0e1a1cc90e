// The tool's exit codes: part of its interface, for scripts.
#pragma once

namespace twilio_sms::cli {

enum exit_code : int {
    exit_all_accepted = 0,  ///< skipped rows do not matter
    exit_not_accepted = 1,  ///< something was rejected or not sent
    exit_usage = 2,         ///< usage, configuration or input: nothing was sent
    exit_local_failure = 3, ///< disk, lock, port
    exit_unknown = 4,       ///< the fate of something is unknown; outranks 1
    exit_interrupted = 130, ///< SIGINT, SIGTERM or SIGHUP
};

} // namespace twilio_sms::cli
