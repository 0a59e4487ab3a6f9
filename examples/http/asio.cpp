// SPDX-License-Identifier: MIT
//
// Asio without Boost, as coroutines; TLS is Asio's own, over OpenSSL. Clang 14 needs -DASIO_HAS_CO_AWAIT
// -DASIO_HAS_STD_COROUTINE.
#include "http_text.hpp"

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/ssl.hpp>

#include <optional>

using oauthpp::errc, oauthpp::resend;
using response_result = oauthpp::result<oauthpp::http_response>;

class asio_transport {
 public:
    explicit asio_transport(const std::string& ca_file) {
        if (ca_file.empty()) tls_.set_default_verify_paths();
        else tls_.load_verify_file(ca_file);
        tls_.set_verify_mode(asio::ssl::verify_peer);
    }

    asio::awaitable<response_result> send(oauthpp::http_request_view request) {
        using namespace asio::experimental::awaitable_operators;
        asio::steady_timer limit(co_await asio::this_coro::executor, std::chrono::seconds(example::time_limit));
        bool sent = false;
        auto first = co_await (exchange(request, sent) || limit.async_wait(asio::use_awaitable));
        if (first.index() == 0) co_return std::get<0>(std::move(first));
        co_return failure(asio::error::timed_out, errc::timed_out, sent ? resend::unsafe : resend::safe);
    }

 private:
    asio::awaitable<response_result> exchange(oauthpp::http_request_view request, bool& sent) {
        const auto url = oauthpp::parse_url(request.url);
        if (!url || url->scheme != "https") co_return errc::insecure_url;
        const std::string host(url->host), port(url->port.empty() ? "443" : url->port);
        const auto executor = co_await asio::this_coro::executor;
        asio::ip::tcp::resolver resolver(executor);
        asio::ssl::stream<asio::ip::tcp::socket> stream(executor, tls_);
        stream.set_verify_callback(asio::ssl::host_name_verification(host));
        SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());

        asio::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        const auto found = co_await resolver.async_resolve(host, port, token);
        if (error) co_return failure(error, errc::name_not_found, resend::safe);
        co_await asio::async_connect(stream.next_layer(), found, token);
        if (error) co_return failure(error, errc::connection_failed, resend::safe);
        co_await stream.async_handshake(asio::ssl::stream_base::client, token);
        if (error) co_return failure(error, errc::tls_failed, resend::safe);

        sent = true;
        const oauthpp::secret text = example::request_text(request, *url);
        co_await asio::async_write(stream, asio::buffer(text.reveal()), token);
        if (error) co_return failure(error, errc::connection_lost, resend::unsafe);
        std::string received;
        co_await asio::async_read(stream, asio::dynamic_buffer(received, example::body_limit), token);
        if (!error) co_return failure(error, errc::response_too_large, resend::unsafe);
        const bool cut = error == asio::ssl::error::stream_truncated;
        if (error != asio::error::eof && !cut) co_return failure(error, errc::connection_lost, resend::unsafe);
        co_return example::parse_response(received, cut);
    }

    static oauthpp::error failure(asio::error_code error, errc reason, resend again) {
        return example::failure(reason, again, error.value(), error.message());
    }

    asio::ssl::context tls_{asio::ssl::context::tls_client};
};

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    asio::io_context context;
    asio_transport http(asked.ca_file);
    oauthpp::system_clock clock;
    std::optional<oauthpp::result<oauthpp::tokens>> outcome;
    asio::co_spawn(context, [&]() -> asio::awaitable<void> {
        outcome = co_await oauthpp::run<asio::awaitable>(example::ask(asked), http, clock);
    }, asio::detached);
    context.run();
    return example::report(*outcome);
}
