// SPDX-License-Identifier: MIT
//
// libcurl's multi interface in an event loop: the flow is driven by hand, and nothing blocks but the loop itself.
#include "ask.hpp"

#include <curl/curl.h>

#include <memory>

using oauthpp::errc, oauthpp::resend;

/// One request on its way. `message` arrives when libcurl is done with it.
class transfer {
 public:
    transfer(CURLM* loop, const oauthpp::http_request_view& request, const std::string& ca_file)
        : loop_(loop), url_(request.url), body_(request.body.reveal()) {
        for (const auto& [name, value] : request.headers()) {
            const std::string line = std::string(name) + ": " + std::string(value);
            if (!value.empty()) headers_ = curl_slist_append(headers_, line.c_str());
        }
        const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle_, option, value); };
        set(CURLOPT_URL, url_.c_str());
        set(CURLOPT_PROTOCOLS_STR, "https");
        set(CURLOPT_POSTFIELDS, body_.data());
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(body_.size()));
        set(CURLOPT_CUSTOMREQUEST, request.method.data());
        set(CURLOPT_HTTPHEADER, headers_);
        if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
        set(CURLOPT_TIMEOUT, static_cast<long>(example::time_limit));
        set(CURLOPT_FRESH_CONNECT, 1L);          // or libcurl may send it again, when an old connection turns out dead
        set(CURLOPT_HTTP09_ALLOWED, 0L);
        set(CURLOPT_ERRORBUFFER, words_);
        set(CURLOPT_WRITEFUNCTION, +[](char* part, std::size_t, std::size_t size, void* self) {
            std::string& received = static_cast<transfer*>(self)->received_;
            if (received.size() + size > example::body_limit) return std::size_t{0};
            received.append(part, size);
            return size;
        });
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, +[](char*, std::size_t, std::size_t size, void* self) {
            static_cast<transfer*>(self)->has_head_ = size <= 2;       // the empty line behind it
            return size;
        });
        set(CURLOPT_HEADERDATA, this);
        curl_multi_add_handle(loop_, handle_);
    }
    transfer(const transfer&) = delete;
    transfer& operator=(const transfer&) = delete;
    ~transfer() {                                // letting go is how to cancel
        curl_multi_remove_handle(loop_, handle_);
        curl_easy_cleanup(handle_);
        curl_slist_free_all(headers_);
    }

    oauthpp::result<oauthpp::http_response> finish(CURLcode code) {
        long status = 0;
        curl_off_t ready = 0;                    // 0: name, connection or TLS failed, and nothing was sent
        curl_header* header = nullptr;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(handle_, CURLINFO_PRETRANSFER_TIME_T, &ready);
        if (code != CURLE_OK || !has_head_) return example::failure(why(code, ready > 0), ready > 0 ? resend::unsafe : resend::safe, code, words_);
        const auto text = [&](const char* name) {
            return std::string(curl_easy_header(handle_, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : "");
        };
        return oauthpp::http_response{static_cast<int>(status), text("Content-Type"), text("Retry-After"), std::move(received_)};
    }

 private:
    static errc why(CURLcode code, bool sent) {
        switch (code) {
            case CURLE_COULDNT_RESOLVE_HOST: return errc::name_not_found;
            case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CONNECT_ERROR: return errc::tls_failed;
            case CURLE_OPERATION_TIMEDOUT: return errc::timed_out;
            case CURLE_WRITE_ERROR: return errc::response_too_large;
            default: return sent ? errc::connection_lost : errc::connection_failed;
        }
    }

    CURLM* loop_;
    bool has_head_ = false;                      // libcurl calls a connection that ends within the headers a success
    CURL* handle_{curl_easy_init()};
    curl_slist* headers_{};
    std::string url_, body_, received_;
    char words_[CURL_ERROR_SIZE]{};
};

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    CURLM* loop = curl_multi_init();
    const oauthpp::system_clock clock;
    oauthpp::token_flow flow = example::ask(asked);
    for (auto step = flow.next(clock.now()); !step.done(); step = flow.next(clock.now())) {
        transfer each(loop, step.request(), asked.ca_file);
        for (int running = 1, left = 0; running > 0;) {          // here an application does its other work too
            curl_multi_perform(loop, &running);
            if (const CURLMsg* message = curl_multi_info_read(loop, &left)) flow.resume(each.finish(message->data.result), clock.now());
            else curl_multi_poll(loop, nullptr, 0, 1000, nullptr);
        }
    }
    curl_multi_cleanup(loop);
    return example::report(std::move(flow).outcome());
}
