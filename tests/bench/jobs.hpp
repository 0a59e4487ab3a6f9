// SPDX-License-Identifier: MIT
//
// A job as the measuring programs see it, and what the checks of results share.
#pragma once

#include "bench.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

struct job {
    const char* name;
    bool available;                    ///< does this peer do it?
    void (*run)(const inputs&);
    void (*check)(const inputs&);      ///< runs it once, and ends the program if the result is wrong
};

extern const job authorization_url_job, callback_job, token_body_job, token_response_job, pkce_job, pkce_random_job,
    error_response_job;
inline const job* const all_jobs[] = {&authorization_url_job, &callback_job,    &token_body_job,    &token_response_job,
                                      &pkce_job,              &pkce_random_job, &error_response_job};

/// The compiler must believe that somebody looks at the result.
template <class Result>
void consume(const Result& result, const inputs&) {
    asm volatile("" : : "g"(&result) : "memory");
}

/// Ends the program unless `got` is what it should be.
void expect(std::string_view what, std::string_view got, std::string_view wanted);

using pairs = std::vector<std::pair<std::string, std::string>>;

/// A form taken apart, without a library; sorted, since some peers sort.
pairs form_pairs(std::string_view form);
/// Ends the program unless the form holds exactly these.
void expect_form(std::string_view form, pairs wanted);

}  // namespace bench
