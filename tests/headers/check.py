#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles each header by itself, with every warning an error.

    check.py COMPILER FOLDER [FLAG...]      FOLDER is the include tree or single_include
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

WARNINGS = """-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor
    -Wmissing-field-initializers -Wundef -Werror""".split()

compiler, folder, *flags = sys.argv[1:]
folder = pathlib.Path(folder)


def compile_alone(header):
    """The compiler's words; "" if it has nothing to say, None if the header needs a library that is not here."""
    command = [compiler, "-std=c++20", *WARNINGS, *flags, "-fsyntax-only", "-I", folder, "-x", "c++",
               "-include", header.relative_to(folder), os.devnull]
    words = subprocess.run(command, capture_output=True, text=True).stderr
    missing = re.search(r"fatal error: '?([^:']+)'?(?:: No such file| file not found)", words)
    if missing and not missing[1].startswith("oauthpp/") and "adapter" in header.parts:
        print(f"skipped {header.name}: <{missing[1]}> is not installed")
        return None
    if header.name == "throwing.hpp" and "-fno-exceptions" in flags:
        return "" if "error: " in words else "throwing.hpp must refuse -fno-exceptions"
    return words


headers = sorted(folder.rglob("*.hpp"))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    results = dict(zip(headers, pool.map(compile_alone, headers)))

failed = {header: words for header, words in results.items() if words}
for header, words in failed.items():
    print(f"---- {header.relative_to(folder)}\n{words}")
print(f"{len(headers)} headers, {len(failed)} failed")
sys.exit(1 if failed or not headers else 0)
