// SPDX-License-Identifier: MIT
// The peer of features/json.cpp: jsmn, told to be as strict as it can, and the look-up that it leaves to its user.
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>
#include <string.h>

int feature(char* memory, unsigned size) {
    enum { max = 64 };
    jsmntok_t* tokens = (jsmntok_t*)(memory + size - max * sizeof(jsmntok_t));
    jsmn_parser parser;
    jsmn_init(&parser);
    const int count = jsmn_parse(&parser, memory, strlen(memory), tokens, max);
    if (count < 1 || tokens[0].type != JSMN_OBJECT) return 1;
    for (int i = 1; i + 1 < count; ++i)
        if (tokens[i].parent == 0 && tokens[i].end - tokens[i].start == 12 &&
            !memcmp(memory + tokens[i].start, "access_token", 12))
            return tokens[i + 1].type != JSMN_STRING;
    return 1;
}
