#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of examples/http: each gets a token at oidc-provider over https, and fails in the right way elsewhere.

    tests/http/stacks.py FOLDER STACK...     with OAUTHPP_TEST_ENV set to the servers' env file
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENV = dict(line.split("=", 1) for line in shlex.split(pathlib.Path(os.environ["OAUTHPP_TEST_ENV"]).read_text()))
SECRET = "a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789"
HOSTILE = ENV["HOSTILE_HTTPS"]

UNREACHED = [
    ("https://no-such-host.invalid/token", "name|no connection could be opened", "safe"),
    ("https://localhost:{}/token".format(ENV["HOSTILE_REFUSED"].rsplit(":", 1)[1]), "connection", "safe"),
]
NO_TLS = [(ENV[name] + "/token", "TLS", "safe") for name in
          ("HOSTILE_EXPIRED", "HOSTILE_WRONG_HOST", "HOSTILE_ROGUE", "HOSTILE_NOT_TLS")]
# What the server may have seen must not be sent again by itself
LOST = [(f"{HOSTILE}/{path}", "connection was lost|request failed|limit", "unsafe") for path in
        ("close", "close-after-request", "close-in-headers", "close-in-body", "close-in-chunk", "endless-header", "garbage")]
SLOW = [(f"{HOSTILE}/{path}", "time limit|connection was lost", "unsafe") for path in ("hang", "hang-in-body")]
LARGE = [(f"{HOSTILE}/{path}", "larger than the limit", "unsafe|pointless") for path in ("huge", "endless-body", "endless-chunks")]
ANSWERS = [
    (f"{HOSTILE}/302-other", "redirects", "pointless"),
    (f"{HOSTILE}/html", "JSON", "pointless"),
    (f"{HOSTILE}/empty", "no body", "pointless"),
    (f"{HOSTILE}/429-seconds", "later|too many|slow", "safe"),
    (f"{HOSTILE}/204", "no body", "pointless"),
]
# What a stack itself cannot do, and examples/http/README.md says
CANNOT = {"httplib": ["endless-header"]}


def ask(program, endpoint):
    began = time.monotonic()
    done = subprocess.run([program, endpoint, ENV["CA_FILE"]], env={**os.environ, "CLIENT_SECRET": SECRET},
                          text=True, capture_output=True, timeout=60)
    assert time.monotonic() - began < 10, f"{endpoint}: took too long"
    assert SECRET not in done.stdout + done.stderr
    return done.returncode, done.stdout


def cases(stack):
    """Bare sockets know no TLS, and http is for this machine alone."""
    plain = stack == "posix"
    for endpoint, words, again in UNREACHED + NO_TLS + LOST + SLOW + LARGE + ANSWERS:
        if not plain:
            yield endpoint, words, again
        elif endpoint.startswith(HOSTILE):
            yield endpoint.replace(HOSTILE, ENV["HOSTILE_HTTP"]), words, again
    if plain:
        yield ENV["HOSTILE_REFUSED"] + "/token", "connection", "safe"


def check(stack, program):
    code, said = ask(program, ENV["OIDC_HTTP" if stack == "posix" else "OIDC_HTTPS"] + "/token")
    assert code == 0 and re.fullmatch(r"a token of \d+ characters\n", said), said
    code, said = ask(program, ENV["HOSTILE_HTTP" if stack == "posix" else "HOSTILE_HTTPS"] + "/no-type")
    assert code == 0, said
    wrong = []
    for endpoint, words, again in cases(stack):
        if endpoint.rpartition("/")[2] in CANNOT.get(stack, ()):
            continue
        code, said = ask(program, endpoint)
        first = said.split("\n", 1)[0]
        if code != 1 or not re.search(words, first) or not re.search(f"^again: ({again})$", said, re.M):
            wrong.append(f"{stack} at {endpoint}: expected {words}, {again}\n{said}")
    return wrong


def check_table(stack):
    """The README has the example, with its length."""
    lines = len((ROOT / f"examples/http/{stack}.cpp").read_text().splitlines())
    row = f"| [{stack}.cpp]({stack}.cpp) | {lines} |"
    return [] if row in (ROOT / "examples/http/README.md").read_text() else [f"examples/http/README.md: no {row}"]


wrong = []
for stack in sys.argv[2:]:
    wrong += check_table(stack)
    wrong += check(stack, pathlib.Path(sys.argv[1], stack))
print("\n".join(wrong))
print(f"{len(sys.argv) - 2} stacks, {len(wrong)} failures")
sys.exit(1 if wrong else 0)
