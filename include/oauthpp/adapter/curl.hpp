// SPDX-License-Identifier: MIT
//
// A blocking transport over libcurl (7.65 or later). Brings <oauthpp/system.hpp>; link with libcurl.
//
//   oauthpp::curl_transport http;
//   auto tokens = oauthpp::run(login->exchange(callback), http);
//
//   oauthpp::curl_transport private_authority({.ca_file = "/etc/ssl/company.pem", .timeout = oauthpp::seconds{5}});
#pragma once

#include <oauthpp/oauthpp.hpp>
#include <oauthpp/system.hpp>

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace oauthpp::inline v0 {

struct curl_options {
    std::string ca_file{};                         ///< PEM, trusted instead of the system's authorities
    std::string certificate_file{};                ///< PEM, the client's, for servers that ask (RFC 8705)
    std::string key_file{};                        ///< PEM, its private key
    std::string proxy{};                           ///< as CURLOPT_PROXY; empty: https_proxy and its like decide
    seconds connect_timeout{10};                   ///< for name, connection and TLS together; 0: 300 s
    seconds timeout{30};                           ///< for the whole exchange; 0: none
    std::size_t max_body{std::size_t{1} << 20};    ///< bytes
    std::string user_agent{"oauthpp"};             ///< empty: none is sent
    /// Empty: none is sent. Microsoft wants one for redirect URIs of single-page apps and refuses it for all others; a
    /// program's redirect URI is better registered as 'Mobile and desktop'.
    std::string origin{};
    /// Gets libcurl's notes on names, connections and TLS, never a header or a body. Must not throw.
    std::function<void(std::string_view)> trace{};
};

/// Https with TLS 1.2 or later and a verified certificate; http on loopback only, and there past every proxy. Follows
/// no redirect, repeats no POST, keeps no cookie. A response with any status is a response.
///
/// Keeps connections open between requests. One for each thread; the first request of all calls curl_global_init, which
/// before libcurl 7.84 must not happen while another thread uses libcurl. Under a libcurl before 7.88 with OpenSSL, a
/// program should ignore SIGPIPE.
/// Security: what is received is wiped, what is sent stays with the caller; libcurl's own buffers are out of reach.
/// Errors: `again` is `safe` only if nothing was sent; `transport_code` is the CURLcode, `transport_text` its words.
class curl_transport {
 public:
    curl_transport() = default;
    explicit curl_transport(curl_options options) : options_(std::move(options)) {}

    result<http_response> send(http_request_view request);

 private:
    struct cleanup {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    };

    curl_options options_;
    std::unique_ptr<CURL, cleanup> handle_;
};

// ---- bodies ---------------------------------------------------------------------------------------------------------

namespace detail {

/// libcurl and its TLS library, once for the life of the program.
inline bool curl_is_ready() noexcept {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return ready;
}

/// Header lines for CURLOPT_HTTPHEADER. curl_slist_append would leave a copy of the Authorization in freed memory.
class curl_headers {
 public:
    curl_headers(const http_request_view& request, std::string_view origin) {
        add("Expect", {});   // or a large body waits for 100 Continue
        add("Origin", origin);
        for (const auto& [name, value] : request.headers()) add(name, value);
    }
    curl_headers(const curl_headers&) = delete;
    curl_headers& operator=(const curl_headers&) = delete;
    ~curl_headers() {
        for (std::string& line : lines_) wipe(line);
    }

    [[nodiscard]] curl_slist* first() noexcept { return nodes_.data(); }

 private:
    /// "Name:" without a value keeps libcurl from sending one of its own.
    void add(std::string_view name, std::string_view value) {
        std::string& line = lines_[size_];
        line.append(name).append(value.empty() ? ":" : ": ").append(value);
        nodes_[size_] = {line.data(), nullptr};
        if (size_ > 0) nodes_[size_ - 1].next = &nodes_[size_];
        ++size_;
    }

    static constexpr std::size_t capacity = 2 + std::tuple_size_v<decltype(http_request_view{}.headers())>;
    std::array<std::string, capacity> lines_{};
    std::array<curl_slist, capacity> nodes_{};
    std::size_t size_{};
};

/// The head of the response, and what came of the body.
class curl_response {
 public:
    explicit curl_response(std::size_t max_body) noexcept : max_body_(max_body) {}
    curl_response(const curl_response&) = delete;
    curl_response& operator=(const curl_response&) = delete;
    ~curl_response() { wipe(body_); }

    [[nodiscard]] bool head_is_complete() const noexcept { return head_is_complete_; }
    [[nodiscard]] bool head_has_begun() const noexcept { return head_size_ != 0; }
    [[nodiscard]] bool too_large() const noexcept { return too_large_; }

    [[nodiscard]] http_response take(int status) noexcept {
        return {status, std::move(content_type_), std::move(retry_after_), std::move(body_), std::move(www_authenticate_)};
    }

    bool add_header_line(std::string_view line) {
        constexpr std::size_t max_head = 256 * 1024;
        head_size_ += line.size();
        too_large_ = head_size_ > max_head;
        if (too_large_) return false;

        const std::size_t colon = index_of(line, ':');
        const std::string_view name = between(line, 0, colon);
        if (line.starts_with("HTTP/")) {   // again after each 1xx
            head_is_complete_ = false;
            content_type_.clear();
            retry_after_.clear();
            www_authenticate_.clear();
        } else if (trimmed(line).empty()) {
            head_is_complete_ = true;
        } else if (!head_is_complete_ && colon != line.size()) {   // trailers do not count
            if (equal_ignoring_case(name, "Content-Type")) content_type_ = trimmed(from(line, colon + 1));
            if (equal_ignoring_case(name, "Retry-After")) retry_after_ = trimmed(from(line, colon + 1));
            if (equal_ignoring_case(name, "WWW-Authenticate")) {      // RFC 9110 5.3: several are one list
                if (!www_authenticate_.empty()) www_authenticate_ += ", ";
                www_authenticate_ += trimmed(from(line, colon + 1));
            }
        }
        return true;
    }

    bool add_body(std::string_view part) {
        too_large_ = part.size() > max_body_ - body_.size();
        if (too_large_) return false;
        if (part.size() > body_.capacity() - body_.size()) {
            std::string larger;   // a string that grows by itself leaves a copy in freed memory
            larger.reserve(2 * body_.size() + part.size());
            larger.append(body_);
            wipe(body_);
            body_ = std::move(larger);
        }
        body_.append(part);
        return true;
    }

 private:
    std::string content_type_{};
    std::string retry_after_{};
    std::string www_authenticate_{};
    std::string body_{};
    std::size_t max_body_;
    std::size_t head_size_{};
    bool head_is_complete_{};
    bool too_large_{};
};

// What libcurl calls; an exception must not pass through it.

/// Gives each byte out once. There is no CURLOPT_SEEKFUNCTION: without one, libcurl cannot send the body again by
/// itself, as it would when a connection that it used before is closed without an answer (CURLE_SEND_FAIL_REWIND).
inline std::size_t curl_read(char* out, std::size_t size, std::size_t count, void* rest_of_body) noexcept {
    auto& rest = *static_cast<std::string_view*>(rest_of_body);
    const std::size_t given = rest.copy(out, size * count);
    rest.remove_prefix(given);
    return given;
}

inline std::size_t curl_header(char* line, std::size_t size, std::size_t count, void* response) noexcept {
    return static_cast<curl_response*>(response)->add_header_line({line, size * count}) ? size * count : 0;
}

inline std::size_t curl_write(char* part, std::size_t size, std::size_t count, void* response) noexcept {
    return static_cast<curl_response*>(response)->add_body({part, size * count}) ? size * count : 0;
}

/// Of libcurl's verbose output only the notes, and of these none with brackets, in which it quotes headers of HTTP/2.
inline int curl_note(CURL*, curl_infotype kind, char* text, std::size_t size, void* trace) noexcept {
    const std::string_view note(text, size);
    if (kind != CURLINFO_TEXT || note.find('[') != std::string_view::npos) return 0;
    (*static_cast<const std::function<void(std::string_view)>*>(trace))(trimmed(note));
    return 0;
}

/// Sets one option after the other, until libcurl refuses one.
struct curl_setup {
    CURL* handle;
    CURLcode code{CURLE_OK};

    template <class T>
    void operator()(CURLoption option, T value) noexcept {
        if (code == CURLE_OK) code = curl_easy_setopt(handle, option, value);
    }
    void operator()(CURLoption option, seconds limit) noexcept {
        constexpr std::int64_t largest = INT32_MAX / 1000;
        (*this)(option, static_cast<long>(limit.count < largest ? limit.count : largest));
    }
};

/// One request on its way. Everything that libcurl is pointed to lives in here.
class curl_exchange {
 public:
    curl_exchange(const http_request_view& request, const curl_options& options)
        : options_(options), url_(request.url), method_(request.method), headers_(request, options.origin),
          rest_of_body_(request.body.reveal()), response_(options.max_body) {}
    curl_exchange(const curl_exchange&) = delete;
    curl_exchange& operator=(const curl_exchange&) = delete;

    result<http_response> run(CURL* handle) {
        curl_setup set{handle};
        set_where_to(set);
        set_what_is_sent(set);
        set_what_is_received(set);
        if (set.code != CURLE_OK) return refused(set.code);

        const std::size_t whole_body = rest_of_body_.size();
        const CURLcode code = curl_easy_perform(handle);
        long status = 0;
        curl_off_t time_until_ready = 0;   // 0: name, proxy, connection or TLS failed, or the headers are not out yet
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &time_until_ready);
        curl_easy_reset(handle);   // the connections stay, the options go: they point in here

        // libcurl 7.88, for one, calls a response fine whose headers were cut.
        if (code == CURLE_OK && response_.head_is_complete()) return response_.take(static_cast<int>(status));
        return failed(code, time_until_ready > 0 || rest_of_body_.size() != whole_body);
    }

 private:
    void set_where_to(curl_setup& set) {
        const bool loopback = is_loopback(*parse_url(url_));
        set(CURLOPT_URL, url_.c_str());
        set(CURLOPT_PATH_AS_IS, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
        set(CURLOPT_PROTOCOLS_STR, loopback ? "http,https" : "https");
#else
        set(CURLOPT_PROTOCOLS, static_cast<long>(loopback ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS));
#endif
        set(CURLOPT_FOLLOWLOCATION, 0L);
        if (loopback) set(CURLOPT_NOPROXY, "*");   // to a proxy, this name is another machine
        if (!options_.proxy.empty()) set(CURLOPT_PROXY, options_.proxy.c_str());

        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));   // or later
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!options_.certificate_file.empty()) set(CURLOPT_SSLCERT, options_.certificate_file.c_str());
        if (!options_.key_file.empty()) set(CURLOPT_SSLKEY, options_.key_file.c_str());
        if (!options_.ca_file.empty()) {
            set(CURLOPT_CAINFO, options_.ca_file.c_str());
            // Or the system's directory is trusted beside it. Not every TLS library has one to leave out.
            static_cast<void>(curl_easy_setopt(set.handle, CURLOPT_CAPATH, static_cast<char*>(nullptr)));
        }
        set(CURLOPT_CONNECTTIMEOUT, options_.connect_timeout);
        set(CURLOPT_TIMEOUT, options_.timeout);
        set(CURLOPT_NOSIGNAL, 1L);
        // Many servers close an idle connection after 5 s, and a request that meets the closing is lost. libcurl rounds
        // down: 3 means up to 4 s.
        set(CURLOPT_MAXAGE_CONN, 3L);
    }

    void set_what_is_sent(curl_setup& set) {
        set(CURLOPT_HTTPHEADER, headers_.first());
        set(CURLOPT_USERAGENT, options_.user_agent.c_str());
        if (method_ == "GET") return;
        set(CURLOPT_POST, 1L);
        set(CURLOPT_CUSTOMREQUEST, method_.c_str());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(rest_of_body_.size()));
        set(CURLOPT_READFUNCTION, &curl_read);
        set(CURLOPT_READDATA, &rest_of_body_);
        if (rest_of_body_.empty()) set(CURLOPT_FRESH_CONNECT, 1L);   // nothing to rewind: see curl_read
    }

    void set_what_is_received(curl_setup& set) {
        set(CURLOPT_HTTP09_ALLOWED, 0L);
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
        set(CURLOPT_HEADERFUNCTION, &curl_header);
        set(CURLOPT_HEADERDATA, &response_);
        set(CURLOPT_WRITEFUNCTION, &curl_write);
        set(CURLOPT_WRITEDATA, &response_);
        if (std::in_range<curl_off_t>(options_.max_body)) {   // ends early what says that it is too large
            set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.max_body));
        }
        set(CURLOPT_ERRORBUFFER, words_.data());
        if (!options_.trace) return;
        set(CURLOPT_DEBUGFUNCTION, &curl_note);
        set(CURLOPT_DEBUGDATA, &options_.trace);
        set(CURLOPT_VERBOSE, 1L);
    }

    /// An option that this libcurl does not have, or does not take.
    [[nodiscard]] error_view refused(CURLcode code) const noexcept {
        error_view what = failed(code, false);
        what.known_action = remedy::fix_configuration;
        what.again = resend::pointless;
        return what;
    }

    [[nodiscard]] error_view failed(CURLcode code, bool sent) const noexcept {
        error_view what(why(code, sent));
        what.again = sent ? resend::unsafe : resend::safe;
        what.transport_code = code;
        what.transport_text = words(code);
        const bool not_http = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_WEIRD_SERVER_REPLY;
        if (not_http) what.known_action = remedy::fix_configuration;
        return what;
    }

    [[nodiscard]] std::string_view words(CURLcode code) const noexcept {
        if (code == CURLE_OK) return "the connection ended within the headers";
        if (code == CURLE_SEND_FAIL_REWIND) return "the server closed an open connection instead of answering";
        return words_.front() != 0 ? words_.data() : curl_easy_strerror(code);
    }

    [[nodiscard]] errc why(CURLcode code, bool sent) const noexcept {
        if (response_.too_large()) return errc::response_too_large;
        switch (static_cast<int>(code)) {
            case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_RESOLVE_PROXY:
                return errc::name_not_found;
            case CURLE_COULDNT_CONNECT: case 97:   // CURLE_PROXY, libcurl 7.73
                return errc::connection_failed;
            case CURLE_SSL_CONNECT_ERROR: case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE:
            case CURLE_SSL_CERTPROBLEM: case CURLE_SSL_CIPHER: case CURLE_SSL_ISSUER_ERROR:
            case CURLE_SSL_INVALIDCERTSTATUS: case CURLE_SSL_ENGINE_INITFAILED:
                return errc::tls_failed;
            case CURLE_OPERATION_TIMEDOUT:
                return errc::timed_out;
            case CURLE_OK: case CURLE_SEND_ERROR: case CURLE_RECV_ERROR: case CURLE_GOT_NOTHING:
            case CURLE_PARTIAL_FILE: case CURLE_SEND_FAIL_REWIND: case CURLE_HTTP2: case CURLE_HTTP2_STREAM:
                return sent ? errc::connection_lost : errc::connection_failed;   // to the proxy, or through it
            case CURLE_FILESIZE_EXCEEDED: case 100:   // CURLE_TOO_LARGE, libcurl 8.6: a header line
                return errc::response_too_large;
            case CURLE_OUT_OF_MEMORY:   // what it said of such a line before
                return response_.head_has_begun() ? errc::response_too_large : errc::transport_failed;
            default:
                return errc::transport_failed;
        }
    }

    const curl_options& options_;
    std::string url_;
    std::string method_;
    curl_headers headers_;
    std::string_view rest_of_body_;
    curl_response response_;
    std::array<char, CURL_ERROR_SIZE> words_{};
};

inline failure check_curl_request(const http_request_view& request, const curl_options& options) noexcept {
    failure wrong;
    if (!check_endpoint(request.url, "url", wrong)) return wrong;
    if (!is_name(request.method)) return {errc::invalid_value, "method"};
    for (const auto& [name, value] : request.headers()) {   // a CR or LF in it would add headers of its own
        if (!is_printable(value)) return {errc::invalid_value, name.data()};
    }
    if (!is_printable(options.user_agent)) return {errc::invalid_value, "user_agent"};
    if (!is_printable(options.origin)) return {errc::invalid_value, "origin"};
    return {};
}

}  // namespace detail

inline result<http_response> curl_transport::send(http_request_view request) {
    if (const auto wrong = detail::check_curl_request(request, options_); wrong.failed()) return wrong;
    if (detail::curl_is_ready() && !handle_) handle_.reset(curl_easy_init());
    if (!handle_) return errc::transport_failed;

    result<http_response> response = detail::curl_exchange(request, options_).run(handle_.get());
    if (!response) handle_.reset();   // some versions stumble over a failure in the next request
    return response;
}

}  // namespace oauthpp::inline v0
