// SPDX-License-Identifier: MIT
#include "../jobs.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

void expect(std::string_view what, std::string_view got, std::string_view wanted) {
    if (got == wanted) return;
    std::fprintf(stderr, "wrong %.*s\n  got    %.*s\n  wanted %.*s\n", static_cast<int>(what.size()), what.data(),
                 static_cast<int>(got.size()), got.data(), static_cast<int>(wanted.size()), wanted.data());
    std::exit(1);
}

static std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

pairs form_pairs(std::string_view form) {
    pairs all;
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        all.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
    }
    std::sort(all.begin(), all.end());
    return all;
}

void expect_form(std::string_view form, pairs wanted) {
    std::sort(wanted.begin(), wanted.end());
    const pairs got = form_pairs(form);
    for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) {
        expect("name", got[i].first, wanted[i].first);
        expect(wanted[i].first, got[i].second, wanted[i].second);
    }
    expect("number of pairs", std::to_string(got.size()), std::to_string(wanted.size()));
}

}  // namespace bench
