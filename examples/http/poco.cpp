// SPDX-License-Identifier: MIT
//
// POCO, blocking, with its NetSSL over OpenSSL. Its time limit is one for each wait; the loop below adds the whole.
#include "ask.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/URI.h>

#include <chrono>
#include <istream>

using oauthpp::errc, oauthpp::resend;

class poco_transport {
 public:
    explicit poco_transport(const std::string& ca_file)
        // Strict: anything else does not compare the host name of a server on this machine
        : tls_(new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", "", ca_file, Poco::Net::Context::VERIFY_STRICT,
                                      9, ca_file.empty())) {}

    oauthpp::result<oauthpp::http_response> send(oauthpp::http_request_view request) {
        bool sent = false;
        try {
            return exchange(request, sent);
        } catch (const Poco::Exception& error) {
            return failure(error, sent);
        }
    }

 private:
    oauthpp::result<oauthpp::http_response> exchange(const oauthpp::http_request_view& request, bool& sent) {
        const Poco::URI url{std::string(request.url)};
        if (url.getScheme() != "https") return errc::insecure_url;
        const Poco::Timespan limit(example::time_limit, 0);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(example::time_limit);
        Poco::Net::HTTPSClientSession session(url.getHost(), url.getPort(), tls_);
        session.setTimeout(limit, limit, limit);

        Poco::Net::HTTPRequest outgoing(std::string(request.method), url.getPathAndQuery(), "HTTP/1.1");
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) outgoing.set(std::string(name), std::string(value));
        }
        outgoing.setContentLength(static_cast<std::streamsize>(request.body.reveal().size()));
        std::ostream& out = session.sendRequest(outgoing);       // connects, and sends the headers
        sent = true;
        out << request.body.reveal() << std::flush;

        Poco::Net::HTTPResponse incoming;
        std::istream& in = session.receiveResponse(incoming);
        std::string body;
        for (char part[4096]; in.read(part, sizeof part), in.gcount() > 0;) {
            body.append(part, static_cast<std::size_t>(in.gcount()));
            if (body.size() > example::body_limit) return example::failure(errc::response_too_large, resend::unsafe, 0, "");
            if (std::chrono::steady_clock::now() > end) return example::failure(errc::timed_out, resend::unsafe, 0, "");
        }
        if (const auto* error = session.networkException()) return failure(*error, sent);    // a stream does not throw
        if (incoming.hasContentLength() && incoming.getContentLength64() != static_cast<Poco::Int64>(body.size()))
            return example::failure(errc::connection_lost, resend::unsafe, 0, "the connection ended within the body");
        return oauthpp::http_response{incoming.getStatus(), incoming.get("Content-Type", ""), incoming.get("Retry-After", ""), std::move(body)};
    }

    static oauthpp::error failure(const Poco::Exception& error, bool sent) {
        const auto is = [&]<class T>(const T*) { return dynamic_cast<const T*>(&error) != nullptr; };
        errc reason = sent ? errc::connection_lost : errc::connection_failed;
        if (is(static_cast<Poco::Net::DNSException*>(nullptr))) reason = errc::name_not_found;
        if (is(static_cast<Poco::Net::SSLException*>(nullptr)) && !sent) reason = errc::tls_failed;
        if (is(static_cast<Poco::TimeoutException*>(nullptr))) reason = errc::timed_out;
        return example::failure(reason, sent ? resend::unsafe : resend::safe, error.code(), error.displayText());
    }

    Poco::Net::Context::Ptr tls_;
};

int main(int count, char** words) {
    const auto asked = example::read_arguments(count, words);
    return example::report(run(example::ask(asked), poco_transport(asked.ca_file)));
}
