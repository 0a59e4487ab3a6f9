#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Of our macros only OAUTHPP_ASSERT and OAUTHPP_VERSION_* survive the headers, in the tree and in the single header."""
import re
import shutil
import subprocess

from _tree import ROOT, finish, headers, includes, opt_in

SURVIVORS = re.compile(r"OAUTHPP_ASSERT|OAUTHPP_VERSION_(MAJOR|MINOR|PATCH)")
texts = headers()
foreign = {i for text in texts.values() for i in includes(text) if not i.startswith("<oauthpp/")}


def preprocess(compiler, folder, source):
    """The macros at the end of this source, or None if it includes something that is not on this machine."""
    done = subprocess.run([compiler, "-std=c++20", "-x", "c++", "-dM", "-E", "-I", ROOT / folder, "-"],
                          input=source, capture_output=True, text=True)
    return None if done.returncode else set(re.findall(r"^#define (\w+)", done.stdout, re.M))


findings = []
for compiler in filter(shutil.which, ("g++", "clang++")):
    theirs = preprocess(compiler, "include", "".join(f"#if __has_include({i})\n#include {i}\n#endif\n" for i in foreign))
    for folder in ("include", "single_include"):
        for name in ["oauthpp.hpp", *filter(opt_in, texts)]:
            ours = preprocess(compiler, folder, f"#include <oauthpp/{name}>\n") or set()
            findings += [f"{folder}, {compiler}: <oauthpp/{name}> leaves the macro {macro} behind"
                         for macro in sorted(ours - theirs) if not SURVIVORS.fullmatch(macro)]
finish(findings)
