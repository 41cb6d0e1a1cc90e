#include "cli/send_command.hpp"
#include "campaign/error.hpp"
#include "cli/provider_flags.hpp"
#include "cli/send.hpp"
#include <memory>
#include <string>
#include <vector>

namespace twilio_sms::cli {
namespace {

struct flags {
    std::string to, text;
    std::vector<std::string> media;
    bool json = false;
    provider_flags provider;
};

int run(boost::asio::io_context& io, flags const& f)
{
    if (f.text.empty() && f.media.empty())
        throw campaign::input_error("--text is empty and there is no --media: there is nothing to send");
    send_request request;
    request.message = notification(f.to, f.text);
    request.message.media_urls = f.media;
    request.options = f.provider.options();
    request.json = f.json;
    return run_send(io, request);
}

} // namespace

command make_send_command(CLI::App& root)
{
    auto const f = std::make_shared<flags>();
    auto* const app = root.add_subcommand("send", "Send one message and say what became of it");
    app->add_option("--to", f->to, "Recipient: E.164 number or channel address")->type_name("NUMBER")->required();
    app->add_option("--text", f->text, "The message")->type_name("TEXT");
    app->add_option("--media", f->media, "URL of a picture or file to send; can be given up to 10 times")
        ->type_name("URL")
        ->allow_extra_args(false);
    app->add_flag("--json", f->json, "Print the outcome as one JSON object");
    f->provider.add_to(*app);
    app->footer("Exit code: 0 accepted, 1 rejected or not sent, 2 usage, 4 unknown, 130 interrupted.\n"
                "Example:\n"
                "  TWILIO_ACCOUNT_SID=AC... TWILIO_AUTH_TOKEN=... \\\n"
                "  twilio-sms send --to +15558675310 --from +15017122661 --text 'Your order has shipped'");
    return {app, [f](boost::asio::io_context& io) { return run(io, *f); }};
}

} // namespace twilio_sms::cli
