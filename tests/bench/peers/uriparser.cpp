// SPDX-License-Identifier: MIT
//
// uriparser, the specialist for URLs: jobs 1 to 3. It writes a space as `+`, and checks the grammar of the callback.
#include "../bench.hpp"

#include <uriparser/Uri.h>

#include <cstdlib>
#include <initializer_list>
#include <utility>

namespace {

std::string form_of(std::initializer_list<std::pair<const char*, const std::string*>> pairs) {
    UriQueryListA list[8];
    std::size_t count = 0;
    for (const auto& [name, value] : pairs) {
        if (count != 0) list[count - 1].next = &list[count];
        list[count++] = {name, value->c_str(), nullptr};
    }
    int size = 0, written = 0;
    if (uriComposeQueryCharsRequiredExA(list, &size, URI_TRUE, URI_FALSE) != URI_SUCCESS) std::abort();
    std::string form(static_cast<std::size_t>(size) + 1, '\0');
    if (uriComposeQueryExA(form.data(), list, size + 1, &written, URI_TRUE, URI_FALSE) != URI_SUCCESS) std::abort();
    form.resize(static_cast<std::size_t>(written) - 1);   // it counts the NUL
    return form;
}

const std::string code_type = "code", s256 = "S256", code_grant = "authorization_code";

}  // namespace

void bench::authorization_url(const inputs& in, keep<std::string_view> done) {
    const std::string url = in.authorization_endpoint + '?' +
                            form_of({{"response_type", &code_type},
                                     {"client_id", &in.client_id},
                                     {"redirect_uri", &in.redirect_uri},
                                     {"scope", &in.scope},
                                     {"state", &in.state},
                                     {"code_challenge", &in.code_challenge},
                                     {"code_challenge_method", &s256}});
    done(url, in);
}

void bench::callback(const inputs& in, keep<callback_result> done) {
    UriUriA uri;
    UriQueryListA* list = nullptr;
    int count = 0;
    if (uriParseSingleUriA(&uri, in.callback.c_str(), nullptr) != URI_SUCCESS ||
        uriDissectQueryMallocA(&list, &count, uri.query.first, uri.query.afterLast) != URI_SUCCESS) {
        std::abort();
    }
    std::string code, state;
    for (const UriQueryListA* pair = list; pair != nullptr; pair = pair->next) {
        const std::string_view name = pair->key;
        if (name == "code") code = pair->value;
        if (name == "state") state = pair->value;
        if (name == "error") std::abort();
    }
    uriFreeQueryListA(list);
    uriFreeUriMembersA(&uri);
    if (state != in.state) std::abort();
    done({code, state}, in);
}

void bench::token_body(const inputs& in, keep<std::string_view> done) {
    const std::string body = form_of({{"grant_type", &code_grant},
                                      {"code", &in.code},
                                      {"redirect_uri", &in.redirect_uri},
                                      {"code_verifier", &in.code_verifier},
                                      {"client_id", &in.client_id},
                                      {"client_secret", &in.client_secret}});
    done(body, in);
}
