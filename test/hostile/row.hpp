// A row: what a hostile server does with the first connection, and what has to become of the message.
#pragma once
#include "hostile/hostile_server.hpp"
#include <string>
#include <twilio_sms/error.hpp>
#include <vector>

namespace twilio_sms::test {

struct row {
    row(std::string what_it_does, script what, fate what_becomes_of_it, error_code why = {})
        : name(std::move(what_it_does)), play(std::move(what)), expected(what_becomes_of_it), code(why)
    {}

    /// The next message goes over the same connection; else it must come on a new one.
    row&& keeps() &&
    {
        kept = true;
        return std::move(*this);
    }
    /// The server says nothing more: one of the provider's time limits ends it. They are long for all other rows.
    row&& stalls() &&
    {
        stalling = true;
        return std::move(*this);
    }
    row&& only(int tls_version) &&
    {
        version = tls_version;
        return std::move(*this);
    }
    /// The server's no leaves no doubt that it did nothing: `not_sent` although it read the request.
    row&& turned_away() &&
    {
        unprocessed = true;
        return std::move(*this);
    }
    row&& retries(int at_most) &&
    {
        max_retries = at_most;
        return std::move(*this);
    }

    std::string name;
    script play;
    fate expected;
    error_code code; ///< of the failure
    bool kept = false;
    bool stalling = false;
    bool unprocessed = false;
    int version = 0; ///< 0: each of 1.2 and 1.3
    int max_retries = 0;
};

/// A server that shakes hands, reads the request, sends this, and stays.
script answers(std::string text);

/// The same, and leaves.
script answers(std::string text, goodbye how);

/// Plays every row, a few at a time, with TLS 1.2 and 1.3, each with a new server and a new provider, and checks
/// - fate and error code, and that a message is only accepted with the SID that its answer granted,
/// - that a message whose whole request the server could read is never `not_sent`, unless it was turned away,
/// - that the next message is accepted, with its own SID, on a new connection unless the row keeps it,
/// - that no text, number or token shows in the failure, which is one line.
/// Fails the current test case for each row that is otherwise.
void play(std::vector<row> const& rows);

} // namespace twilio_sms::test
