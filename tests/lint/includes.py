#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The core includes standard headers only, and none of those that cost every user compile time or size."""
from _tree import finish, headers, includes, opt_in

BANNED = """iostream sstream ostream istream iomanip fstream streambuf chrono memory functional system_error random regex
    ranges thread mutex condition_variable future format locale map unordered_map filesystem stdexcept cstdio""".split()

findings = []
for name, text in headers().items():
    for included in [i[1:-1] for i in includes(text) if not opt_in(name)]:
        if included in BANNED:
            findings.append(f"{name}: <{included}> is for opt-in headers only")
        elif "." in included and not included.startswith("oauthpp/"):   # no C++ header has a dot in its name
            findings.append(f"{name}: <{included}> is not of the C++ standard library")
finish(findings)
