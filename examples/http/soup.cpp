// SPDX-License-Identifier: MIT
//
// libsoup 3 in GLib's main loop: the flow is driven by hand, from callbacks.
#include "ask.hpp"

#include <libsoup/soup.h>

using oauthpp::errc, oauthpp::resend;

struct application {
    oauthpp::token_flow flow;
    SoupSession* session;
    GMainLoop* loop = g_main_loop_new(nullptr, FALSE);
    GCancellable* cancel = g_cancellable_new();
    SoupMessage* message = nullptr;
    std::string body{};
    bool sent = false, late = false;
    char part[4096]{};

    void proceed() {
        const auto step = flow.next(oauthpp::system_clock().now());
        if (step.done()) g_main_loop_quit(loop);
        else send(step.request());
    }

    void send(const oauthpp::http_request_view& request) {
        message = soup_message_new(std::string(request.method).c_str(), std::string(request.url).c_str());
        soup_message_add_flags(message, SoupMessageFlags(SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION));
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) soup_message_headers_append(soup_message_get_request_headers(message), std::string(name).c_str(), std::string(value).c_str());
        }
        GBytes* bytes = g_bytes_new(request.body.reveal().data(), request.body.reveal().size());
        soup_message_set_request_body_from_bytes(message, nullptr, bytes);
        g_bytes_unref(bytes);
        g_signal_connect(message, "wrote-headers", G_CALLBACK(+[](SoupMessage*, application* self) { self->sent = true; }), this);
        g_timeout_add_seconds(example::time_limit, [](void* self) -> gboolean {
            static_cast<application*>(self)->late = true;
            g_cancellable_cancel(static_cast<application*>(self)->cancel);
            return FALSE; }, this);
        soup_session_send_async(session, message, 0, cancel, [](GObject* source, GAsyncResult* result, void* self) {
            GError* error = nullptr;
            GInputStream* in = soup_session_send_finish(SOUP_SESSION(source), result, &error);
            if (in) static_cast<application*>(self)->read(in);
            else static_cast<application*>(self)->fail(error);
        }, this);
    }

    void read(GInputStream* in) {
        g_input_stream_read_async(in, part, sizeof part, 0, cancel, [](GObject* source, GAsyncResult* result, void* data) {
            auto& self = *static_cast<application*>(data);
            GError* error = nullptr;
            const gssize got = g_input_stream_read_finish(G_INPUT_STREAM(source), result, &error);
            if (got < 0) return self.fail(error);
            self.body.append(self.part, static_cast<std::size_t>(got));
            if (self.body.size() > example::body_limit) return self.resume(example::failure(errc::response_too_large, resend::unsafe, 0, ""));
            if (got > 0) return self.read(G_INPUT_STREAM(source));
            const auto header = [&](const char* name) {
                const char* value = soup_message_headers_get_one(soup_message_get_response_headers(self.message), name);
                return std::string(value ? value : "");
            };
            self.resume(oauthpp::http_response{static_cast<int>(soup_message_get_status(self.message)), header("Content-Type"), header("Retry-After"), std::move(self.body)});
        }, this);
    }

    void fail(GError* error) {
        errc reason = sent ? errc::connection_lost : errc::connection_failed;
        if (error->domain == G_RESOLVER_ERROR) reason = errc::name_not_found;
        if (error->domain == G_TLS_ERROR && !sent) reason = errc::tls_failed;
        if (late) reason = errc::timed_out;
        resume(example::failure(reason, sent ? resend::unsafe : resend::safe, error->code, error->message));
        g_error_free(error);
    }

    void resume(const oauthpp::result<oauthpp::http_response>& response) {
        flow.resume(response, oauthpp::system_clock().now());
        proceed();
    }
};

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    GTlsDatabase* ca = asked.ca_file.empty() ? nullptr : g_tls_file_database_new(asked.ca_file.c_str(), nullptr);
    application app{.flow = example::ask(asked), .session = soup_session_new()};
    if (ca) soup_session_set_tls_database(app.session, ca);
    app.proceed();
    g_main_loop_run(app.loop);
    return example::report(std::move(app.flow).outcome());
}
