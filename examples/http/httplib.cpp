// SPDX-License-Identifier: MIT
//
// cpp-httplib, blocking.
#include "ask.hpp"

#define CPPHTTPLIB_OPENSSL_SUPPORT
#include <httplib.h>

#include <csignal>

class httplib_transport {
 public:
    explicit httplib_transport(std::string ca_file) : ca_file_(std::move(ca_file)) {}

    oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request) {
        const auto url = oauthpp::parse_url(request.url);
        if (!url) return url.error();
        const std::size_t path = url->before_query.size() - url->path.size();
        httplib::Client client{std::string(request.url.substr(0, path))};
        if (!ca_file_.empty()) client.set_ca_cert_path(ca_file_);
        client.set_connection_timeout(example::time_limit);
        client.set_read_timeout(example::time_limit);       // for each read: the stack has no limit for the whole
        client.set_write_timeout(example::time_limit);
        client.set_follow_location(false);
        client.set_keep_alive(false);                       // or a request may be sent again on a new connection

        httplib::Request outgoing;
        outgoing.method = request.method;
        outgoing.path = request.url.substr(path);
        outgoing.body = request.body.reveal();
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) outgoing.headers.emplace(name, value);
        }
        std::string body;
        bool too_large = false;
        outgoing.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
            too_large = too_large || body.size() + size > example::body_limit;
            if (!too_large) body.append(data, size);
            return !too_large;
        };
        const httplib::Result response = client.send(outgoing);
        if (too_large) return example::failure(oauthpp::errc::response_too_large, oauthpp::resend::unsafe, 0, "");
        if (!response) return failure(response.error());
        return oauthpp::http_response{.status = response->status,
                                      .content_type = response->get_header_value("Content-Type"),
                                      .retry_after = response->get_header_value("Retry-After"),
                                      .body = std::move(body)};
    }

 private:
    /// The stack says "Read" for a lost connection and for a time limit alike.
    static oauthpp::error failure(httplib::Error error) {
        using oauthpp::errc, oauthpp::resend, httplib::Error;
        const std::string text = httplib::to_string(error);
        const auto as = [&](errc reason, resend again) {
            return example::failure(reason, again, static_cast<int>(error), text);
        };
        switch (error) {
            case Error::Connection: return as(errc::connection_failed, resend::safe);
            case Error::SSLConnection: case Error::SSLLoadingCerts: case Error::SSLServerVerification:
                return as(errc::tls_failed, resend::safe);
            case Error::Read: case Error::Write: return as(errc::connection_lost, resend::unsafe);
            default: return as(errc::transport_failed, resend::unsafe);
        }
    }

    std::string ca_file_;
};

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_IGN);               // the stack writes to connections that the server has closed
    const auto asked = example::read_arguments(count, words);
    return example::report(run(example::ask(asked), httplib_transport(asked.ca_file)));
}
