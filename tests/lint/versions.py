#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The version stands in version.hpp; what repeats it agrees, and what could repeat it reads it instead."""
import re

from _tree import INCLUDE, ROOT, finish


def numbers(path):
    return ".".join(re.findall(r"^#define OAUTHPP_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", path.read_text(), re.M))


version = numbers(INCLUDE / "version.hpp")
single = ROOT / "single_include/oauthpp/oauthpp.hpp"
stamp = re.search(r"^// oauthpp (\S+), parts", single.read_text(), re.M)
said = {
    "the macros of the single header": numbers(single),
    "the stamp of the single header": stamp and stamp[1],
}
changes = ROOT / "CHANGELOG.md"
if changes.exists():
    newest = re.search(r"^## \[?v?(\d\S*?)\]?(?:\s|$)", changes.read_text(), re.M)
    said["the newest entry of CHANGELOG.md"] = newest and newest[1]

findings = [f"version.hpp says {version}, {what} {value}" for what, value in said.items() if value != version]
if not re.fullmatch(r"\d+\.\d+\.\d+", version):
    findings.append(f"version.hpp: expected three numbers, found {version!r}")
if f"inline v{version.split('.')[0]}" not in (INCLUDE / "base/result.hpp").read_text():
    findings.append(f"the inline namespace is not v{version.split('.')[0]}")
for name in ("CMakeLists.txt", "meson.build"):
    if version in (ROOT / name).read_text():
        findings.append(f"{name}: repeats the version; it reads version.hpp")
finish(findings)
