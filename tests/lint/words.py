#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No exceptions, RTTI, printing, global state or sudden death in the library. Comments and texts may say the words."""
import re

from _tree import code, finish, headers

EXEMPT = ("throwing.hpp", "ostream.hpp")
BANNED = re.compile(r"""\b(throw|try|catch|typeid|dynamic_cast|abort|terminate|exit|quick_exit|_Exit|assert
    |cout|cerr|clog|f?printf|f?puts|putchar|getenv|s?rand|errno)\b""", re.X)
INCLUDE = re.compile(r"\s*#\s*include\b")   # the name of a header is no use of the word

findings = []
for name, text in headers().items():
    if name not in EXEMPT:
        for number, line in enumerate(code(text).splitlines(), 1):
            if INCLUDE.match(line):
                continue
            findings += [f"{name}:{number}: the library does without `{word}`" for word in BANNED.findall(line)]
finish(findings)
