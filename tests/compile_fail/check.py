#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that misuse is refused, and that the first error says why.

    check.py COMPILER CASE.cpp [FLAG...]

A case says what the first error must contain, and is correct once OAUTHPP_SHOULD_COMPILE is defined, so that it cannot
fail for a reason of its own:

    // EXPECT: a text                    from every compiler
    // EXPECT g++: a text                where the compilers' own words differ
"""
import os
import pathlib
import re
import subprocess
import sys

compiler, case, *flags = sys.argv[1:]
name = "clang++" if "clang" in compiler else "g++"
text = pathlib.Path(case).read_text()
expected = re.findall(rf"^// EXPECT(?: {re.escape(name)})?: (.+)$", text, re.M)


def compile_case(*more):
    command = [compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *flags, *more, case]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"})


if not expected:
    sys.exit(f"{case}: no EXPECT line for {name}")

good = compile_case("-DOAUTHPP_SHOULD_COMPILE")
if good.returncode != 0:
    sys.exit(f"{case}: must compile with -DOAUTHPP_SHOULD_COMPILE, but:\n{good.stderr}")

bad = compile_case()
errors = re.findall(r"^.*error: .*$", bad.stderr, re.M)
if not errors:
    sys.exit(f"{case}: compiles, but must not")
for part in expected:
    if part not in errors[0]:
        sys.exit(f"{case}: the first error must contain\n  {part}\nbut is\n  {errors[0]}\n\n{bad.stderr}")
