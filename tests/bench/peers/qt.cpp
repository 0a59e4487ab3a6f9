// SPDX-License-Identifier: MIT
//
// Qt 6.4: job 1 by Qt Network Authorization itself (which has no PKCE in this version), the others by what it is made of,
// since it takes answers from Qt's own network only. QString is UTF-16: each text is converted on the way in and out.
#include "../bench.hpp"

#include <QByteArray>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QOAuth2AuthorizationCodeFlow>
#include <QOAuthOobReplyHandler>
#include <QRandomGenerator>
#include <QUrl>
#include <QUrlQuery>
#include <QVariant>

#include <cstdlib>
#include <initializer_list>
#include <utility>

namespace {

/// Asks the browser for the URL itself, and so keeps its making from others.
struct code_flow : QOAuth2AuthorizationCodeFlow {
    using QOAuth2AuthorizationCodeFlow::buildAuthenticateUrl;
};

QString q(const std::string& text) { return QString::fromStdString(text); }

/// Where Qt takes the redirect URI from.
struct redirect final : QOAuthOobReplyHandler {
    explicit redirect(const std::string& uri) : uri_(q(uri)) {}
    QString callback() const override { return uri_; }

private:
    QString uri_;
};

QJsonObject object_of(const std::string& json) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
    if (!document.isObject()) std::abort();
    return document.object();
}

void make_pkce(const QByteArray& random, const bench::inputs& in, bench::keep<bench::pkce_result> done) {
    const auto form = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QByteArray verifier = random.toBase64(form);
    const QByteArray challenge = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256).toBase64(form);
    done({verifier.constData(), challenge.constData()}, in);
}

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    static redirect back(in.redirect_uri);
    static code_flow flow;
    flow.setReplyHandler(&back);
    flow.setAuthorizationUrl(QUrl(q(in.authorization_endpoint)));
    flow.setClientIdentifier(q(in.client_id));
    flow.setScope(q(in.scope));
    flow.setState(q(in.state));
    const QUrl url = flow.buildAuthenticateUrl({{"code_challenge", q(in.code_challenge)},
                                                {"code_challenge_method", QStringLiteral("S256")}});
    const QByteArray text = url.toEncoded();
    done(text.constData(), in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    const QUrlQuery query(QUrl::fromEncoded(QByteArray::fromRawData(in.callback.data(), static_cast<qsizetype>(in.callback.size()))));
    if (query.hasQueryItem("error")) std::abort();
    const std::string code = query.queryItemValue("code", QUrl::FullyDecoded).toStdString(),
                      state = query.queryItemValue("state", QUrl::FullyDecoded).toStdString();
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    QUrlQuery query;
    for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"code", in.code}, {"redirect_uri", in.redirect_uri}, {"code_verifier", in.code_verifier},
             {"client_id", in.client_id}, {"client_secret", in.client_secret}}) {
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(q(value))));
    }
    query.addQueryItem("grant_type", "authorization_code");
    const QByteArray body = query.toString(QUrl::FullyEncoded).toUtf8();
    done(body.constData(), in);
}

void bench::token_response(const inputs& in, keep<token_result> done) {
    const QJsonObject json = object_of(in.token_json);
    const auto text = [&](const char* name) { return json[QLatin1String(name)].toString().toStdString(); };
    const std::string access = text("access_token"), type = text("token_type"), refresh = text("refresh_token"),
                      scope = text("scope"), id = text("id_token");
    done({access, type, refresh, scope, id, json[QLatin1String("expires_in")].toInteger(-1)}, in);
}

void bench::pkce(const inputs& in, keep<pkce_result> done) {
    make_pkce(QByteArray::fromRawData(reinterpret_cast<const char*>(in.random.data()), 32), in, done);
}

void bench::pkce_random(const inputs& in, keep<pkce_result> done) {
    std::array<quint32, 8> random;
    QRandomGenerator::system()->fillRange(random.data(), 8);
    make_pkce(QByteArray::fromRawData(reinterpret_cast<const char*>(random.data()), 32), in, done);
}

void bench::error_response(const inputs& in, keep<error_result> done) {
    const QJsonObject json = object_of(in.error_json);
    const auto text = [&](const char* name) { return json[QLatin1String(name)].toString().toStdString(); };
    const std::string error = text("error"), description = text("error_description"), uri = text("error_uri"),
                      timestamp = text("timestamp"), trace = text("trace_id"), correlation = text("correlation_id");
    done({error, description, uri, timestamp, trace, correlation}, in);
}
