#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes single_include/oauthpp/: the umbrella as one file, and the opt-in headers beside it, unchanged.

    single_include/amalgamate.py            writes what differs
    single_include/amalgamate.py --check    writes nothing; exits 1 if something would be written

The same headers give the same bytes, on every machine and at any time.
"""
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TREE = ROOT / "include"
PRODUCT = ROOT / "single_include"
UMBRELLA = "oauthpp/oauthpp.hpp"

SPDX = "// SPDX-License-Identifier: MIT"
KEPT_MACROS = re.compile(r"OAUTHPP_ASSERT|OAUTHPP_VERSION_\w+")


def opt_in_headers():
    """What users include beside the umbrella: the root's other headers and the adapters."""
    root = [path for path in (TREE / "oauthpp").glob("*.hpp") if path.name not in ("oauthpp.hpp", "version.hpp")]
    return sorted(root + list((TREE / "oauthpp/adapter").rglob("*.hpp")))


class Amalgamation:
    def __init__(self):
        self.parts = {}       # name -> text, in the order of the first inclusion
        self.standard = set()
        self.body = []

    def add(self, name):
        if name in self.parts:
            return
        text = (TREE / name).read_text(encoding="ascii")
        self.parts[name] = text
        kept = []
        depth = 0
        dropped = False           # a line since the last kept one
        for number, line in enumerate(text.splitlines(), 1):
            directive = re.match(r"#\s*(\w+)\s*(?:<([^>]+)>)?", line)
            word, included = directive.groups() if directive else (None, None)
            if word in ("if", "ifdef", "ifndef"):
                depth += 1
            elif word == "endif":
                depth -= 1

            if word == "include" and included is None:
                sys.exit(f"include/{name}:{number}: write #include <...>; the single header has no folders")
            if word == "include" and depth and included.startswith("oauthpp/"):
                sys.exit(f"include/{name}:{number}: an include of our own under #if cannot be inlined")
            if word == "include" and included.startswith("oauthpp/"):
                self.add(included)
                dropped = True
            elif word == "include" and not depth:   # one under #if stays where it is
                self.standard.add(included)
                dropped = True
            elif line in (SPDX, "#pragma once") or line == "//" and not kept:
                dropped = True
            elif line or not dropped or kept[-1:] not in ([], [""]):   # what is dropped leaves no double gap
                kept.append(line)
                dropped = False
        if name != UMBRELLA:   # that has no code
            self.body += ["", f"// ---- <{name}> " + "-" * (109 - len(name)), ""] + kept

    def text(self):
        self.add(UMBRELLA)
        version = ".".join(re.findall(r"^#define OAUTHPP_VERSION_\w+ (\d+)", self.parts["oauthpp/version.hpp"], re.M))
        digest = hashlib.sha256(repr(sorted(self.parts.items())).encode()).hexdigest()[:12]

        code = "\n".join(self.body)
        defined = set(re.findall(r"^#\s*define (OAUTHPP_\w+)", code, re.M))
        defined -= set(re.findall(r"^#\s*undef (OAUTHPP_\w+)", code, re.M))
        internal = sorted(name for name in defined if not KEPT_MACROS.fullmatch(name))

        introduction = self.parts[UMBRELLA].partition("#pragma once")[0].splitlines()[1:]
        licence = (ROOT / "LICENSE").read_text(encoding="ascii").splitlines()
        lines = [
            SPDX,
            "//",
            f"// oauthpp {version}, parts {digest}. Made by single_include/amalgamate.py: change include/, not this file.",
            *introduction,
            "//",
            *(f"// {line}".rstrip() for line in licence),
            "#pragma once",
            "",
            *(f"#include <{name}>" for name in sorted(self.standard)),
            *self.body,
        ]
        if internal:
            lines += ["", *(f"#undef {name}" for name in internal)]
        return "\n".join(lines) + "\n"


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)

    product = {PRODUCT / UMBRELLA: Amalgamation().text().encode()}
    product |= {PRODUCT / path.relative_to(TREE): path.read_bytes() for path in opt_in_headers()}
    present = {path for path in (PRODUCT / "oauthpp").rglob("*") if path.is_file()}

    stale = sorted(path for path, data in product.items() if path not in present or path.read_bytes() != data)
    extra = sorted(present - product.keys())
    if check and (stale or extra):
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale + extra)
        sys.exit(f"The single header is not what include/ gives; run single_include/amalgamate.py. Differs: {names}")
    if check:
        return
    for path in extra:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(product[path])


main()
