#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sources are ASCII without tabs and begin with their licence; no file reaches outside the repository."""
import re

from _tree import ROOT, finish, repository_files

TOP_LEVEL = """include tests single_include examples CMakeLists.txt meson.build LICENSE README.md
    CMakePresets.json meson_options.txt CHANGELOG.md""".split()
SOURCE = re.compile(r".*\.(hpp|cpp|py|cmake|mjs|build)|(.*/)?CMakeLists\.txt|meson_options\.txt")
LICENCE = re.compile(r"(#!.*\n)?(//|#) SPDX-License-Identifier: MIT\n")
# In two halves each, or this file would find itself.
OUTSIDE = re.compile(r"\.\./" r"shared|/work" r"/|/home" r"/|https?://registry" r"\.|\"resolved" r"\":")

findings = []
for name in repository_files():
    if name.split("/")[0] not in TOP_LEVEL and not name.startswith("."):
        findings.append(f"{name}: the top level has {', '.join(TOP_LEVEL)} and dot-files")
    try:
        text = (ROOT / name).read_text()
    except UnicodeDecodeError:
        continue   # not text
    is_source = SOURCE.fullmatch(name) or text.startswith("#!")
    if is_source and not LICENCE.match(text):
        findings.append(f"{name}: does not begin with the SPDX line")
    for number, line in enumerate(text.splitlines(), 1):
        if is_source and not line.isascii():
            findings.append(f"{name}:{number}: not ASCII")
        if is_source and "\t" in line:
            findings.append(f"{name}:{number}: a tab")
        if outside := OUTSIDE.search(line):
            findings.append(f"{name}:{number}: {outside[0]} lies outside the repository")
finish(findings)
