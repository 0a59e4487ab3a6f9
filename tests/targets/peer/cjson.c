// SPDX-License-Identifier: MIT
// The peer of features/token_response.cpp: the members of a token response out of cJSON.
#include "cJSON.h"
#include <string.h>

int feature(char* memory, unsigned size) {
    (void)size;
    cJSON* response            = cJSON_ParseWithLength(memory, strlen(memory));
    const cJSON* access_token  = cJSON_GetObjectItemCaseSensitive(response, "access_token");
    const cJSON* token_type    = cJSON_GetObjectItemCaseSensitive(response, "token_type");
    const cJSON* expires_in    = cJSON_GetObjectItemCaseSensitive(response, "expires_in");
    const cJSON* refresh_token = cJSON_GetObjectItemCaseSensitive(response, "refresh_token");
    const cJSON* scope         = cJSON_GetObjectItemCaseSensitive(response, "scope");
    const int good             = cJSON_IsString(access_token) && cJSON_IsString(token_type) &&
                     (!expires_in || cJSON_IsNumber(expires_in)) && (!refresh_token || cJSON_IsString(refresh_token)) &&
                     (!scope || cJSON_IsString(scope));
    cJSON_Delete(response);
    return !good;
}
