// SPDX-License-Identifier: MIT
//
// Boost.Beast, blocking. Beast has no time limits for blocking calls: each asynchronous one is waited for instead.
#include "ask.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using oauthpp::errc, oauthpp::resend;

class beast_transport {
 public:
    explicit beast_transport(const std::string& ca_file) {
        if (ca_file.empty()) tls_.set_default_verify_paths();
        else tls_.load_verify_file(ca_file);
        tls_.set_verify_mode(asio::ssl::verify_peer);
    }

    oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request) {
        const auto url = oauthpp::parse_url(request.url);
        if (!url || url->scheme != "https") return errc::insecure_url;
        const std::string host(url->host), port(url->port.empty() ? "443" : url->port);
        asio::ip::tcp::resolver resolver(context_);
        beast::ssl_stream<beast::tcp_stream> stream(context_, tls_);
        stream.set_verify_callback(asio::ssl::host_name_verification(host));
        SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
        const std::string target(request.url.substr(url->before_query.size() - url->path.size()));
        http::request<http::string_body> outgoing(http::string_to_verb(std::string(request.method)),
                                                  url->path.empty() ? '/' + target : target, 11);
        outgoing.set(http::field::host, url->port.empty() ? host : host + ':' + port);
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) outgoing.set(std::string(name), std::string(value));
        }
        outgoing.body() = request.body.reveal();
        outgoing.prepare_payload();
        http::response_parser<http::string_body> incoming;
        incoming.body_limit(example::body_limit);
        beast::flat_buffer buffer;

        beast::error_code error;
        const auto wait_for = [&](auto operation) { context_.restart(); operation(); context_.run(); return !error; };
        const auto done = [&](beast::error_code how, auto&&...) { error = how; };
        auto found = resolver.resolve(host, port, error);
        if (error) return failure(error, errc::name_not_found, resend::safe);
        auto& connection = beast::get_lowest_layer(stream);
        connection.expires_after(std::chrono::seconds(example::time_limit));            // for all that follows
        if (!wait_for([&] { connection.async_connect(found, done); })) return failure(error, errc::connection_failed, resend::safe);
        if (!wait_for([&] { stream.async_handshake(asio::ssl::stream_base::client, done); })) return failure(error, errc::tls_failed, resend::safe);
        if (!wait_for([&] { http::async_write(stream, outgoing, done); }) ||
            !wait_for([&] { http::async_read(stream, buffer, incoming, done); })) {
            return failure(error, errc::connection_lost, resend::unsafe);
        }
        auto& response = incoming.get();
        return oauthpp::http_response{.status = static_cast<int>(response.result_int()),
                                      .content_type = std::string(response[http::field::content_type]),
                                      .retry_after = std::string(response[http::field::retry_after]),
                                      .body = std::move(response.body())};
    }

 private:
    static oauthpp::error failure(beast::error_code error, errc reason, resend again) {
        const std::string text = error.message();
        if (error == beast::error::timeout) reason = errc::timed_out;
        if (error == http::error::body_limit || error == http::error::header_limit) reason = errc::response_too_large;
        return example::failure(reason, again, error.value(), text);
    }

    asio::io_context context_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
};

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    return example::report(run(example::ask(asked), beast_transport(asked.ca_file)));
}
