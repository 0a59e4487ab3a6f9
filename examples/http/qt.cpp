// SPDX-License-Identifier: MIT
//
// Qt Network, with signals in Qt's event loop: the flow is driven by hand.
#include "ask.hpp"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslCertificate>
#include <QTimer>

using oauthpp::errc, oauthpp::resend;

/// A body that can be read once: with one that can be rewound, Qt sends the request again by itself.
class body_once : public QIODevice {
 public:
    body_once(QByteArray bytes, QObject* parent) : QIODevice(parent), bytes_(std::move(bytes)) { open(ReadOnly | Unbuffered); }
    bool isSequential() const override { return true; }
    bool atEnd() const override { return bytes_.isEmpty(); }
    qint64 bytesAvailable() const override { return bytes_.size(); }

 private:
    qint64 readData(char* out, qint64 size) override {
        if (bytes_.isEmpty()) return -1;
        const qint64 given = std::min(size, qint64(bytes_.size()));
        std::copy_n(bytes_.data(), given, out);
        bytes_.remove(0, given);
        return given;
    }
    qint64 writeData(const char*, qint64) override { return -1; }
    QByteArray bytes_;
};

class application : public QObject {
 public:
    application(oauthpp::token_flow flow, const std::string& ca_file) : flow_(std::move(flow)) {
        if (!ca_file.empty()) tls_.setCaCertificates(QSslCertificate::fromPath(QString::fromStdString(ca_file)));
    }
    void proceed() {
        const auto step = flow_.next(oauthpp::system_clock().now());
        if (step.done()) QCoreApplication::exit(example::report(std::move(flow_).outcome()));
        else send(step.request());
    }

 private:
    void send(const oauthpp::http_request_view& request) {
        const auto bytes = [](std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); };
        QNetworkRequest outgoing(QUrl(QString::fromUtf8(bytes(request.url))));
        outgoing.setSslConfiguration(tls_);
        outgoing.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        outgoing.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        for (const auto& [name, value] : request.headers()) {
            if (!value.empty()) outgoing.setRawHeader(bytes(name), bytes(value));
        }
        outgoing.setHeader(QNetworkRequest::ContentLengthHeader, qulonglong(request.body.reveal().size()));
        auto* body = new body_once(bytes(request.body.reveal()), this);
        QNetworkReply* reply = network_.sendCustomRequest(outgoing, bytes(request.method), body);
        reply->setReadBufferSize(64 * 1024);
        connect(reply, &QNetworkReply::requestSent, this, [this] { sent_ = true; });
        connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
            received_ += reply->readAll();
            large_ = received_.size() > qsizetype(example::body_limit);
            if (large_) reply->abort();
        });
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            flow_.resume(finish(*reply), oauthpp::system_clock().now());
            reply->deleteLater();
            proceed();
        });
        QTimer::singleShot(example::time_limit * 1000, reply, [this, reply] { late_ = true; reply->abort(); });
    }

    oauthpp::result<oauthpp::http_response> finish(QNetworkReply& reply) {
        const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const auto error = reply.error();      // of a 4xx too, from 200 on
        if (status > 0 && !late_ && !large_ && (error == QNetworkReply::NoError || error > 200)) {
            return oauthpp::http_response{status, reply.rawHeader("Content-Type").toStdString(), reply.rawHeader("Retry-After").toStdString(), (received_ + reply.readAll()).toStdString()};
        }
        errc reason = sent_ ? errc::connection_lost : errc::connection_failed;
        if (error == QNetworkReply::HostNotFoundError) reason = errc::name_not_found;
        if (error == QNetworkReply::SslHandshakeFailedError) reason = errc::tls_failed;
        if (late_) reason = errc::timed_out;
        if (large_) reason = errc::response_too_large;
        return example::failure(reason, sent_ ? resend::unsafe : resend::safe, error, reply.errorString().toStdString());
    }

    oauthpp::token_flow flow_;
    QNetworkAccessManager network_;
    QSslConfiguration tls_{QSslConfiguration::defaultConfiguration()};
    QByteArray received_;
    bool sent_{}, late_{}, large_{};
};

int main(int count, char** words) {
    QCoreApplication loop(count, words);
    const auto asked = example::read_arguments(count, words);
    application app(example::ask(asked), asked.ca_file);
    QTimer::singleShot(0, &app, [&] { app.proceed(); });
    return loop.exec();
}
