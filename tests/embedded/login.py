#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/embedded on an emulated Cortex-M3, at oidc-provider over https, and with what can go wrong on a line.

    tests/embedded/login.py     with OAUTHPP_TEST_ENV set to the servers' env file
"""
import os
import pathlib
import re
import shlex
import subprocess

RUN = pathlib.Path(__file__).resolve().parents[2] / "examples/embedded/run"
ENV = dict(line.split("=", 1) for line in shlex.split(pathlib.Path(os.environ["OAUTHPP_TEST_ENV"]).read_text()))


def device(expect, **variables):
    """What the device said; its exit code must be this one."""
    done = subprocess.run([RUN], env={**os.environ, **variables}, text=True, timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == expect, f"{variables}: exit code {done.returncode}\n{done.stdout}"
    return "".join(re.findall(r"^device: (.*\n)", done.stdout, re.M))


said = device(0)
print(said)
refresh_tokens = re.findall(r"refresh token (\S+) of \d+ characters", said)
assert len(refresh_tokens) == 2 and len(set(refresh_tokens)) == 2, "a token, and after the refresh another"
assert len(re.findall(r"access token +\S+ of \d+ characters", said)) == 2
flash, ram, buffers, stack = map(int, re.search(
    r"flash (\d+), RAM (\d+), of it buffers (\d+), stack (\d+) bytes", said).groups())
assert 1000 < flash < 64 * 1024 and buffers <= ram and 500 < stack < 4096

hostile = ENV["HOSTILE_HTTPS"]
for variables, words in [
    ({"TOKEN_ENDPOINT": f"{hostile}/302-other"}, "redirects"),
    ({"TOKEN_ENDPOINT": f"{hostile}/huge"}, "limit"),
    ({"TOKEN_ENDPOINT": f"{hostile}/hang", "ANSWER_SECONDS": "2"}, "time"),
    ({"TOKEN_ENDPOINT": f"{ENV['HOSTILE_EXPIRED']}/token"}, "TLS"),
    ({"BROWSER": "false"}, "state"),
]:
    said = device(1, **variables)
    failure = re.search(r"failed: .*", said)
    assert failure and words in failure[0], f"{variables}: {words}?\n{said}"
    assert "what to do: " in said and "2. renew" not in said, said
