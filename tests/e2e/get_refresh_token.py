#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/get_refresh_token at both servers over https, in every mode, and with everything that can go wrong.

    tests/e2e/get_refresh_token.py EXAMPLES     with OAUTHPP_TEST_ENV set to the servers' env file
"""
import json
import os
import pathlib
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAM = str(pathlib.Path(sys.argv[1]) / "get_refresh_token")
ENV = dict(line.split("=", 1) for line in shlex.split(pathlib.Path(os.environ["OAUTHPP_TEST_ENV"]).read_text()))
OIDC = ["--issuer", ENV["OIDC_HTTPS"], "--client-id", "public", "--redirect-uri", "http://127.0.0.1:0/cb"]
GLEWLWYD = ["--issuer", ENV["GLEWLWYD_HTTPS"], "--client-id", "public",
            "--redirect-uri", f"http://127.0.0.1:{ENV['CALLBACK_PORT']}/cb"]


def start(*words, glewlwyd=False, **variables):
    options = f"--deliver --ca {ENV['CA_FILE']}" + (" --glewlwyd" if glewlwyd else "")
    variables = {"BROWSER": ENV["AGENT"], "AGENT_OPTIONS": options, **variables}
    return subprocess.Popen([PROGRAM, "--ca-file", ENV["CA_FILE"], "--timeout", "20", *words], text=True, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **variables})


def run(*words, expect=0, text=None, **more):
    process = start(*words, **more)
    out, err = process.communicate(text, timeout=60)
    assert process.returncode == expect, f"{words}: exit code {process.returncode}, not {expect}\n{err}"
    assert "Traceback" not in err and "terminate" not in err, err
    return json.loads(out) if expect == 0 else err


def tokens_come(folder):
    for mode in ("query", "form_post", "fragment"):
        got = run(*OIDC, "--scope", "openid", "--scope", "read", "--response-mode", mode)
        assert got["access_token"] and got["refresh_token"] and got["id_token"] and got["scope"] == "openid read", got
        if mode != "form_post":   # which Glewlwyd encodes twice, and the program has no option for that
            assert run(*GLEWLWYD, "--scope", "openid", "--response-mode", mode, glewlwyd=True)["access_token"]
    endpoints = ["--authorization-endpoint", ENV["OIDC_HTTPS"] + "/auth", "--token-endpoint", ENV["OIDC_HTTPS"] + "/token"]
    assert run(*endpoints, *OIDC[2:], "--scope", "read")["access_token"]


def refresh_token_is_kept(folder):
    for name, server, scope, glewlwyd in (("oidc", OIDC, "read", False), ("glewlwyd", GLEWLWYD, "openid", True)):
        file = folder / name
        first = run(*server, "--scope", scope, "--refresh-file", str(file), glewlwyd=glewlwyd)
        assert file.read_text() == first["refresh_token"] + "\n" and file.stat().st_mode & 0o777 == 0o600
        second = run(*server, "--refresh-file", str(file), BROWSER="/bin/false")
        assert second["access_token"] != first["access_token"]
        assert file.read_text() == second["refresh_token"] + "\n"
        before = file.read_text()
        down = ["--token-endpoint", ENV["HOSTILE_REFUSED"] + "/token", "--authorization-endpoint", "https://as.example/a"]
        run(*down, "--client-id", "public", "--refresh-file", str(file), expect=3)
        assert file.read_text() == before and len(list(folder.glob(name + "*"))) == 1
    stale = folder / "stale"
    stale.write_text("not-a-refresh-token\n")
    assert "invalid_grant" in run(*OIDC, "--refresh-file", str(stale), expect=4)
    assert stale.read_text() == "not-a-refresh-token\n"


def secrets_come_from_file_or_variable(folder):
    secret = "a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789"
    post = [*OIDC[:2], "--client-id", "native-post", *OIDC[4:], "--scope", "read"]
    (folder / "secret").write_text(secret + "\n")
    assert run(*post, "--secret-file", str(folder / "secret"))["access_token"]
    assert run(*post, OAUTHPP_CLIENT_SECRET=secret)["access_token"]
    assert "invalid_client" in run(*post, OAUTHPP_CLIENT_SECRET="wrong", expect=5)
    assert secret not in run(*post, "--secret-file", str(folder / "missing"), expect=5)


def callback_is_pasted(folder):
    process = start(*OIDC, "--redirect-uri", "http://127.0.0.1:1/cb", "--scope", "read", "--paste", "--no-browser")
    url = next(line.strip() for line in process.stderr if "http" in line)
    called = subprocess.run([ENV["AGENT"], "--ca", ENV["CA_FILE"], url], capture_output=True, text=True).stdout.split()[1]
    out, err = process.communicate(f"  {called} \t\n", timeout=30)
    assert process.returncode == 0 and json.loads(out)["refresh_token"], err
    assert "state" in run(*OIDC, "--paste", "--no-browser", text="http://127.0.0.1/cb?code=x&state=y\n", expect=4)
    run(*OIDC, "--paste", "--no-browser", text="", expect=4)


def strays_are_ignored(folder):
    process = start(*OIDC, "--scope", "read", "--no-browser")
    url = next(line.strip() for line in process.stderr if "http" in line)
    port = int(url.split("127.0.0.1%3A")[1].split("%2F")[0])
    for request in ("GET /favicon.ico HTTP/1.1", "GET /cb?code=a&state=wrong HTTP/1.1", "GET /cb?error=<script> HTTP/1.1", "junk"):
        for host in ("127.0.0.1", "::1"):
            with socket.create_connection((host, port), timeout=5) as stray:
                stray.sendall(f"{request}\r\nHost: x\r\n\r\n".encode())
                answer = stray.recv(65536).decode()
                assert "404" in answer and "<script>" not in answer, answer
    browser = subprocess.run([ENV["AGENT"], "--deliver", "--ca", ENV["CA_FILE"], url], capture_output=True, text=True)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err + browser.stderr


def failures_have_their_codes(folder):
    assert "taken" in run(*GLEWLWYD[:-1], f"http://127.0.0.1:{busy.getsockname()[1]}/cb", expect=5)
    assert "No browser" in run(*OIDC, "--timeout", "1", BROWSER="/nowhere/browser", expect=4)
    assert "in time" in run(*OIDC, "--timeout", "1", "--no-browser", expect=4)
    assert "access_denied" in run(*OIDC, "--parameter", "login_hint=deny", expect=4)
    assert "usage" in run("--unknown", expect=2) and "usage" in run("--client-id", "x", expect=2)
    run("--tenant", "con/toso", "--client-id", "x", "--paste", "--no-browser", expect=5)
    run("--issuer", "http://as.example", "--client-id", "x", expect=5)
    run("--issuer", ENV["HOSTILE_EXPIRED"], "--client-id", "x", expect=5)
    process = start(*OIDC, "--no-browser")
    next(line for line in process.stderr if "http" in line)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130


with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as busy:
    for test in (tokens_come, refresh_token_is_kept, secrets_come_from_file_or_variable, callback_is_pasted, strays_are_ignored,
                 failures_have_their_codes):
        began = time.monotonic()
        test(pathlib.Path(name))
        print(f"{test.__name__}: passed in {time.monotonic() - began:.1f} s", flush=True)
