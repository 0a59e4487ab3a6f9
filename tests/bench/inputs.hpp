// SPDX-License-Identifier: MIT
//
// The messages that all peers are given: of the sizes and shapes that Microsoft's servers send, made up.
#pragma once

#include "bench.hpp"

#include <cstddef>

namespace bench {

/// Text that does not repeat, of the characters that tokens have.
inline std::string token_text(std::size_t size) {
    std::string text;
    for (std::uint32_t random = 1; text.size() < size; random = random * 1664525 + 1013904223) {
        text += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random >> 26];
    }
    return text;
}

/// `grown` bytes are added to the text that grows in practice: the scope of the authorization URL, the code, the access
/// token, the description of an error.
inline inputs make_inputs(std::size_t grown = 0) {
    inputs in;
    in.authorization_endpoint = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
    in.token_endpoint = "https://login.microsoftonline.com/common/oauth2/v2.0/token";
    in.client_id = "6731de76-14a6-49ae-97bc-6eba6914391e";
    in.client_secret = "q8~8Q+ab/cd=ef:gh&ij%kl mn.op_qr-st*uvwx";
    in.redirect_uri = "https://client.example.com/oauth2/callback";
    in.scope = "openid profile offline_access https://graph.microsoft.com/mail.read";
    for (std::size_t size = in.scope.size() + grown; in.scope.size() < size;) in.scope += " User.Read";
    in.state = "2f1c4f9e-6a0b-4c1f-9d55-0c8f3a7e21b4";
    in.code = "1.A" + token_text(894 + grown);
    in.random = {116, 24,  223, 180, 151, 153, 224, 37, 79,  250, 96,  125, 216, 173, 187, 186,
                 22,  212, 37,  77,  105, 214, 191, 240, 91, 88,  5,   88,  83,  132, 141, 121};
    in.code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    in.code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    // One escape, so that decoding is not for nothing
    in.callback = in.redirect_uri + "?code=" + in.code + "%2F&state=" + in.state;
    in.code += '/';

    in.access_token = token_text(1704 + grown);
    in.refresh_token = "0.AS8" + token_text(1195);
    in.id_token = "eyJ0eXAi" + token_text(1096);
    in.token_json = R"({"token_type":"Bearer","scope":")" + in.scope.substr(0, 67) +
                    R"( User.Read.All","expires_in":3599,"ext_expires_in":3599,"access_token":")" + in.access_token +
                    R"(","refresh_token":")" + in.refresh_token + R"(","id_token":")" + in.id_token + R"("})";

    const std::string tail = token_text(grown);
    in.error_description = "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a "
                           "new location, you must use multi-factor authentication to access this resource.\r\n" + tail;
    in.error_json = R"({"error":"interaction_required","error_description":"AADSTS50076: Due to a configuration change made )"
                    R"(by your administrator, or because you moved to a new location, you must use multi-factor authentication )"
                    R"(to access this resource.\r\n)" + tail + R"(","error_codes":[50076],"timestamp":"2026-03-09 18:26:01Z",)"
                    R"("trace_id":"255d1aef-8c98-452f-ac51-23d051240864","correlation_id":"fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7",)"
                    R"("error_uri":"https://login.microsoftonline.com/error?code=50076","suberror":"basic_action"})";
    return in;
}

}  // namespace bench
