#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/get_refresh_token at both servers over https, in every mode, and with everything that can go wrong.

    tests/e2e/get_refresh_token.py EXAMPLES     with OAUTHPP_TEST_ENV set to the servers' env file
"""
import contextlib
import http.server
import json
import os
import pathlib
import resource
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit

PROGRAM = str(pathlib.Path(sys.argv[1]) / "get_refresh_token")
ENV = dict(line.split("=", 1) for line in shlex.split(pathlib.Path(os.environ["OAUTHPP_TEST_ENV"]).read_text()))
CLEAN = {name: value for name, value in os.environ.items() if name != "OAUTHPP_CLIENT_SECRET"}
SECRET = "a-secret-that-is-at-least-64-bytes-long-so-that-HS512-also-works-0123456789"


def at(server, *more, client="public", redirect_uri="http://127.0.0.1:0/cb"):
    return ["--issuer", ENV[server], "--client-id", client, "--redirect-uri", redirect_uri, *more]


def by_endpoints(base, authorize="/auth", token="/token"):
    return ["--authorization-endpoint", base + authorize, "--token-endpoint", base + token]


OIDC = at("OIDC_HTTPS")
FIXED = f"http://127.0.0.1:{ENV['CALLBACK_PORT']}/cb"   # Glewlwyd compares every letter
GLEWLWYD = at("GLEWLWYD_HTTPS", redirect_uri=FIXED)


# ---- running it

def agent_options(glewlwyd=False):
    return ["--deliver", "--ca", ENV["CA_FILE"]] + ["--glewlwyd"] * glewlwyd


def start(*words, glewlwyd=False, timeout=20, variables=None, **more):
    """The program, with the agent for its browser."""
    variables = {"BROWSER": ENV["AGENT"], "AGENT_OPTIONS": " ".join(agent_options(glewlwyd)), **(variables or {})}
    pipes = {name: subprocess.PIPE for name in ("stdin", "stdout", "stderr")}
    return subprocess.Popen([PROGRAM, "--ca-file", ENV["CA_FILE"], "--timeout", str(timeout), *words], text=True,
                            env={**CLEAN, **variables}, **{**pipes, **more})


def end(process, expect=0, text=None):
    """The tokens, or what it said instead."""
    out, err = process.communicate(text, timeout=60)
    assert process.returncode == expect, f"{process.args}: exit code {process.returncode}, not {expect}\n{err}"
    assert "terminate" not in err and SECRET not in err, err
    if expect == 0:
        return json.loads(out)
    assert not out, out   # standard output is for tokens alone
    return err


def run(*words, expect=0, text=None, **more):
    return end(start(*words, **more), expect, text)


def url_of(process):
    """Where it sends the person to."""
    return next(line.strip() for line in process.stderr if line.startswith("  http"))


def browse(url, *options):
    """What the agent prints."""
    done = subprocess.run([ENV["AGENT"], "--ca", ENV["CA_FILE"], *options, url], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


class TokenEndpoint(http.server.ThreadingHTTPServer):
    """One of our own on loopback, for answers that the real servers do not give."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            issuer = f"http://127.0.0.1:{self.server.server_port}"
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"issuer": issuer, "authorization_endpoint": issuer + "/auth",
                                         "token_endpoint": issuer + "/token", "jwks_uri": issuer + "/keys",
                                         "response_types_supported": ["code"],
                                         "token_endpoint_auth_methods_supported": self.server.methods}).encode())

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            form["Authorization"] = self.headers["Authorization"]
            self.server.asked.set()
            time.sleep(self.server.delay)
            status, body = self.server.answer(form)
            with contextlib.suppress(ConnectionError):   # from who was killed meanwhile
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        def log_message(self, *_):
            pass

    def __init__(self, answer, delay=0):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.answer, self.delay, self.asked, self.methods = answer, delay, threading.Event(), []
        self.words = [*by_endpoints(f"http://127.0.0.1:{self.server_port}"), "--client-id", "c"]
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def rotating():
    """Answers as a server that takes each refresh token once: r1, r2, ..."""
    state = {"next": 1}

    def answer(form):
        if form["refresh_token"] != [f"r{state['next']}"]:
            return 400, {"error": "invalid_grant"}
        state["next"] += 1
        return 200, {"access_token": "a", "token_type": "Bearer", "refresh_token": f"r{state['next']}"}
    return answer


# ---- the tests

def test_tokens_come_in_every_mode(folder):
    for host, mode in (("127.0.0.1", "query"), ("localhost", "form_post"), ("[::1]", "fragment")):
        where = at("OIDC_HTTPS", redirect_uri=f"http://{host}:0/cb")
        got = run(*where, "--scope", "openid", "--scope", "read", "--response-mode", mode)
        assert got["access_token"] and got["refresh_token"] and got["id_token"] and got["scope"] == "openid read", got
        assert got["token_type"] == "Bearer" and 0 < got["expires_in"] <= 3600, got
    for mode in ("query", "fragment"):
        got = run(*GLEWLWYD, "--scope", "openid", "--response-mode", mode, glewlwyd=True)
        assert got["access_token"] and got["refresh_token"] and got["id_token"] and got["token_type"] == "bearer", got
    # Glewlwyd encodes a form_post twice, so that its issuer cannot be recognised
    post = ["--scope", "openid", "--response-mode", "form_post"]
    assert "iss" in run(*GLEWLWYD, *post, glewlwyd=True, expect=4)
    assert run(*GLEWLWYD, *post, "--quirk", "form_post_encoded_twice", glewlwyd=True)["refresh_token"]


def test_tokens_come_by_endpoints_and_with_parameters(folder):
    microsoft = by_endpoints(ENV["OIDC_MICROSOFT_HTTPS"], "/oauth2/v2.0/authorize", "/oauth2/v2.0/token")
    desktop = ["--client-id", "9e5f94bc-e8a4-4e73-b8be-63364c29d753", "--redirect-uri", "http://localhost:0"]
    consent = ["--parameter", "prompt=consent"]
    assert run(*microsoft, *desktop, "--scope", "openid offline_access", *consent)["refresh_token"]
    endpoints = by_endpoints(ENV["OIDC_HTTPS"])
    assert run(*endpoints, *OIDC, "--scope", "read")["refresh_token"]
    wrong = [*endpoints, "--issuer", "https://other.example", *OIDC[2:]]
    assert "another authorization server" in run(*wrong, "--scope", "read", expect=4)

    process = start(*OIDC, "--scope", "openid offline_access", *consent, "--parameter", "x=a=b&c", "--no-browser")
    url = url_of(process)
    assert dict(parse_qsl(urlsplit(url).query))["x"] == "a=b&c", url
    browse(url, "--deliver")
    assert end(process)["refresh_token"]
    process = start(*OIDC, "--scope", "openid", "--no-browser")
    browse(url_of(process), "--deliver")
    out, err = process.communicate()
    assert "refresh_token" not in json.loads(out) and "No refresh token" in err, err


def test_person_is_identified(folder):
    for server, where, twice in (("OIDC_HTTPS", at("OIDC_HTTPS", client="hybrid-public"), []),
                                 ("GLEWLWYD_HTTPS", GLEWLWYD, ["--quirk", "form_post_encoded_twice"])):
        glewlwyd = server == "GLEWLWYD_HTTPS"
        for mode in ([], ["--response-type", "code id_token", "--response-mode", "form_post", *twice],
                     ["--response-type", "code id_token", "--response-mode", "fragment"]):
            got = run(*where, "--scope", "openid", *mode, glewlwyd=glewlwyd)
            who = got["identity"]
            assert who["iss"] == ENV[server] and who["sub"] and who["nonce"] and "id_token" in got, got
    assert "identity" not in run(*OIDC, "--scope", "read")


def test_certificate_takes_the_place_of_a_secret(folder):
    certificate = folder / "certificate.pem"
    key = pathlib.Path(ENV["KEYS"], "c-rsa.pem")
    subprocess.run(["openssl", "req", "-x509", "-key", key, "-subj", "/CN=client", "-out", certificate], check=True)
    offline = ["--scope", "openid offline_access", "--parameter", "prompt=consent", "--refresh-file", folder / "token"]
    proof = ["--certificate-file", certificate, "--key-file", key]
    where = at("OIDC_HTTPS", client="pkjwt")
    assert run(*where, *proof, *offline)["identity"]["sub"]
    assert run(*where, *proof, *offline)["refresh_token"]
    together = folder / "both.pem"
    together.write_bytes(certificate.read_bytes() + key.read_bytes())
    assert run(*where, "--certificate-file", together, "--algorithm", "RS256", "--scope", "read")["refresh_token"]
    glewlwyd = [*GLEWLWYD[:2], "--client-id", "pkjwt", *GLEWLWYD[4:]]
    assert run(*glewlwyd, *proof, "--algorithm", "RS256", "--key-id", "c-rsa", "--scope", "openid",
               glewlwyd=True)["identity"]["sub"]

    mutual = ["--mutual-tls", "--certificate-file", f"{ENV['CERTIFICATES']}/self-signed-client.crt",
              "--key-file", f"{ENV['CERTIFICATES']}/self-signed-client.key"]
    assert run(*at("OIDC_HTTPS", client="mtls-self"), *mutual, "--scope", "openid")["identity"]["sub"]

    for words in (["--certificate-file", "/nowhere"], ["--certificate-file", certificate],
                  ["--certificate-file", key], [*proof, "--algorithm", "ES256"]):
        run(*where, *words, "--scope", "read", expect=5)
    run(*where, "--mutual-tls", expect=2)


def test_browser_is_told_how_it_ended(folder):
    process = start(*OIDC, "--scope", "read", "--no-browser")
    page = browse(url_of(process), "--deliver")
    assert page.startswith("200") and "You are signed in" in page, page
    end(process)
    process = start(*OIDC, "--parameter", "login_hint=deny", "--no-browser")
    page = browse(url_of(process), "--deliver")
    assert "You are not signed in" in page and "access_denied" in page, page
    assert "access_denied" in end(process, 4)
    with TokenEndpoint(lambda _: (400, {"error": "e", "error_description": "<script>x</script>"})) as server:
        words = ["--authorization-endpoint", ENV["OIDC_HTTPS"] + "/auth", *server.words[2:4], *OIDC[2:]]
        process = start(*words, "--scope", "read", "--no-browser")
        page = browse(url_of(process), "--deliver")
        assert "You are not signed in" in page and "&lt;script>x" in page and "<script>" not in page, page
        end(process, 5)


def test_refresh_token_is_kept(folder):
    for name, server, scope, glewlwyd in (("oidc", OIDC, "read", False), ("glewlwyd", GLEWLWYD, "openid", True)):
        file = folder / name
        first = run(*server, "--scope", scope, "--refresh-file", file, glewlwyd=glewlwyd)
        assert file.read_text() == first["refresh_token"] + "\n" and file.stat().st_mode & 0o777 == 0o600
        os.chmod(file, 0o644)
        link = folder / (name + "-link")
        link.symlink_to(file)
        for stored in (file, link):
            again = run(*server, "--refresh-file", stored, variables={"BROWSER": "/bin/false"})
            assert again["access_token"] != first["access_token"]
            assert file.read_text() == again["refresh_token"] + "\n" and file.stat().st_mode & 0o777 == 0o600
        assert link.is_symlink()
    (folder / "empty").touch()
    first = run(*OIDC, "--scope", "read", "--refresh-file", folder / "empty")
    assert (folder / "empty").read_text() == first["refresh_token"] + "\n"
    assert len(list(folder.iterdir())) == 5


def test_refresh_token_is_never_lost(folder):
    file = folder / "token"

    def keeps(content, *words, expect, **more):
        file.write_bytes(content)
        err = run(*words, "--refresh-file", file, expect=expect, **more)
        assert file.read_bytes() == content and list(folder.iterdir()) == [file], list(folder.iterdir())
        return err

    down = [*by_endpoints(ENV["HOSTILE_REFUSED"]), "--client-id", "c"]
    keeps(b"r1\n", *down, expect=3)
    for answer, code in (((503, b""), 3), ((429, b"{}"), 3), ((200, b"<html>"), 7), ((200, b'{"access_token":'), 7),
                         ((200, {"token_type": "Bearer"}), 7), ((400, {"error": "invalid_scope"}), 5)):
        with TokenEndpoint(lambda _, answer=answer: answer) as server:
            keeps(b"r1\n", *server.words, expect=code)
    err = keeps(b"not-a-refresh-token\n", *OIDC, expect=4)
    assert "invalid_grant" in err and f"remove {file}" in err, err
    for content in (b"r1\nr2\n", b"r\x001\n", b"\xff\xfe\n"):
        keeps(content, *down, expect=5)

    def full_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    with TokenEndpoint(rotating()) as server:
        assert "was not asked" in keeps(b"r1\n", *server.words, expect=5, preexec_fn=full_disk)
        assert not server.asked.is_set()
        assert run(*server.words, "--refresh-file", file)["refresh_token"] == "r2"
    # The folder goes while the server answers: the new token is printed, and the failure is one all the same
    gone = folder / "gone"
    gone.mkdir()
    (gone / "token").write_text("r1\n")
    answer = rotating()
    with TokenEndpoint(lambda form: shutil.rmtree(gone) or answer(form)) as server:
        process = start(*server.words, "--refresh-file", gone / "token")
        out, err = process.communicate(timeout=60)
        assert process.returncode == 5 and json.loads(out)["refresh_token"] == "r2", err
        assert "keep the refresh token" in err, err
    for name in (folder, folder / "missing" / "token", "/proc/token", "/dev/null"):
        assert str(name) in run(*OIDC, "--no-browser", "--refresh-file", name, expect=5)
    assert pathlib.Path("/dev/null").is_char_device()


def test_every_bad_server_is_an_exit_code_and_costs_no_refresh_token(folder):
    file = folder / "token"
    file.write_text("r1\n")

    def ends(server, path, code):
        words = [*by_endpoints(ENV[server], token=path), "--client-id", "c"]
        try:
            err = run(*words, "--refresh-file", file, timeout=1, expect=code)
        except AssertionError as wrong:
            raise AssertionError(f"{server} {path}") from wrong
        assert file.read_text() == "r1\n" and list(folder.iterdir()) == [file], path
        return err

    for path in ("/close", "/close-after-request", "/close-in-status-line", "/close-in-headers", "/close-in-body",
                 "/close-in-chunk", "/500-html", "/503", "/429-seconds", "/429-date"):
        ends("HOSTILE_HTTPS", path, 3)
    for path in ("/hang", "/hang-in-headers", "/hang-in-body", "/slow-headers", "/slow-body"):
        ends("HOSTILE_HTTP", path, 3)
    ends("HOSTILE_HTTP", "/200-error", 4)
    for path in ("/endless-header", "/endless-headers", "/endless-body", "/endless-chunks", "/huge",
                 "/huge-without-length", "/huge-length", "/garbage", "/html", "/wrong-type", "/404"):
        ends("HOSTILE_HTTPS", path, 5)
    for status in (301, 302, 303, 307, 308):
        ends("HOSTILE_HTTP", f"/{status}-self", 5)
        ends("HOSTILE_HTTP", f"/{status}-other", 5)   # where it leads, tokens would be given
    for path in ("/truncated-json", "/empty", "/204"):
        ends("HOSTILE_HTTPS", path, 7)
    for server in ("NOT_TLS", "EXPIRED", "WRONG_HOST", "ROGUE", "TLS11"):
        assert "TLS" in ends(f"HOSTILE_{server}", "/token", 5)


def test_refresh_cannot_be_interrupted_and_waits_for_others(folder):
    file = folder / "token"
    ends = ((signal.SIGINT, 130, "r2\n"), (signal.SIGTERM, 130, "r2\n"), (signal.SIGKILL, -signal.SIGKILL, "r1\n"))
    for how, code, stored in ends:
        file.write_text("r1\n")
        with TokenEndpoint(rotating(), delay=0.5) as server:
            process = start(*server.words, "--refresh-file", file)
            assert server.asked.wait(10)
            process.send_signal(how)
            end(process, code)
        assert file.read_text() == stored and list(folder.iterdir()) == [file]
    file.write_text("r1\n")
    with TokenEndpoint(rotating(), delay=0.2) as server:
        together = [start(*server.words, "--refresh-file", file) for _ in range(3)]
        assert sorted(end(each)["refresh_token"] for each in together) == ["r2", "r3", "r4"]
    assert file.read_text() == "r4\n"
    # One that waited for the file as it was then, and one that comes when there is another in its place
    file.write_text("r1\n")
    with TokenEndpoint(rotating(), delay=0.3) as server:
        together = []
        for _ in range(3):
            together.append(start(*server.words, "--refresh-file", file))
            if len(together) != 2:
                assert server.asked.wait(10)
                server.asked.clear()
            if len(together) == 2:
                assert end(together[0])["refresh_token"] == "r2"
                assert server.asked.wait(10)
        assert [end(each)["refresh_token"] for each in together[1:]] == ["r3", "r4"]


def test_tokens_are_json(folder):
    (folder / "token").write_text("r1")
    odd = 'quote " backslash \\ line\n\x01 \u00e4\U0001f98a </script>'
    same = {"access_token": "a", "token_type": "Bearer", "scope": "x y", "id_token": "h.p.s", "info": odd, odd: "1"}
    answer = {**same, "expires_in": "3600", "ext_expires_in": 7200, "refresh_in": 1800, "number": 5, "none": ""}
    with TokenEndpoint(lambda _: (200, answer)) as server:
        got = run(*server.words, "--refresh-file", folder / "token", "--scope", "x", "--scope", "y")
        assert got.pop("expires_in") in (3599, 3600) and got.pop("ext_expires_in") in (7199, 7200)
        assert got.pop("refresh_in") in (1799, 1800)
        assert got == {**same, "refresh_token": "r1", "number": "5"}, got
        with open("/dev/full", "w") as full:
            assert "standard output" in run(*server.words, "--refresh-file", folder / "token", stdout=full, expect=5)


def test_secrets_come_from_file_or_variable(folder):
    post = at("OIDC_HTTPS", "--scope", "read", client="native-post")
    for ending in ("", "\n", "\r\n"):
        (folder / "secret").write_bytes((SECRET + ending).encode())
        assert run(*post, "--secret-file", folder / "secret")["refresh_token"]
    assert run(*post, variables={"OAUTHPP_CLIENT_SECRET": SECRET})["refresh_token"]
    assert "invalid_client" in run(*post, variables={"OAUTHPP_CLIENT_SECRET": "wrong"}, expect=5)
    (folder / "lines").write_text(SECRET + "\n" + SECRET + "\n")
    (folder / "empty").touch()
    for name in ("lines", "empty", "missing", "."):
        assert str(folder / name) in run(*post, "--secret-file", folder / name, expect=5)
    run(*post, "--client-secret", SECRET, expect=2)
    basic = at("GLEWLWYD_HTTPS", "--scope", "openid", client="web", redirect_uri=FIXED)
    variables = {"OAUTHPP_CLIENT_SECRET": "secret-web-0123456789-0123456789"}
    assert run(*basic, variables=variables, glewlwyd=True)["refresh_token"]

    # In the header only where the server takes it nowhere else
    (folder / "token").write_text("r1")
    seen = []
    answer = (200, {"access_token": "a", "token_type": "Bearer"})
    with TokenEndpoint(lambda form: seen.append(form) or answer) as server:
        for methods in (["client_secret_basic"], ["client_secret_basic", "client_secret_post"], []):
            server.methods = methods
            run("--issuer", f"http://127.0.0.1:{server.server_port}", "--client-id", "c", "--refresh-file",
                folder / "token", variables={"OAUTHPP_CLIENT_SECRET": "s"})
    assert [form["Authorization"] for form in seen] == ["Basic Yzpz", None, "Basic Yzpz"], seen
    assert ["client_secret" in form for form in seen] == [False, True, False], seen

    browser = folder / "browser"
    browser.write_text("""#!/bin/sh
        (env; readlink /proc/self/fd/0 /proc/self/fd/2) >"$SEEN.new"
        mv "$SEEN.new" "$SEEN"
    """)
    browser.chmod(0o755)
    run(*post, timeout=1, expect=4, variables={"BROWSER": str(browser), "SEEN": str(folder / "seen"),
                                               "OAUTHPP_CLIENT_SECRET": SECRET})
    while not (folder / "seen").exists():   # it may still run
        time.sleep(0.05)
    seen = (folder / "seen").read_text()
    assert "SEEN=" in seen and SECRET not in seen and seen.endswith("/dev/null\n/dev/null\n"), seen


def test_callback_is_pasted(folder):
    paste = at("OIDC_HTTPS", "--scope", "read", "--paste", "--no-browser", redirect_uri="http://127.0.0.1:1/cb")
    process = start(*paste)
    callback = browse(url_of(process)).split()[1]
    other = "http://127.0.0.1:1/cb?code=x&state=y"
    assert end(process, text=f"hello\n\n{other}\n  {callback} \t\r\n")["refresh_token"]
    for text in ("", "\n", other + "\n", "x" * 100_000):
        assert "nothing was pasted" in run(*paste, text=text, expect=4)
    denied = start(*paste, "--parameter", "login_hint=deny")
    assert "access_denied" in end(denied, 4, browse(url_of(denied)).split()[1] + "\n")
    usual = start(*at("OIDC_HTTPS")[:4], "--scope", "read", "--paste", "--no-browser")   # listens to no port
    url = url_of(usual)
    assert dict(parse_qsl(urlsplit(url).query))["redirect_uri"] == "http://localhost:8080", url
    assert end(usual, text=browse(url).split()[1])["refresh_token"]
    silent = start(*paste, timeout=1)
    assert silent.wait(10) == 4 and "Nobody came back" in silent.stderr.read()
    interrupted = start(*paste)
    url_of(interrupted)
    interrupted.send_signal(signal.SIGINT)
    assert "Interrupted" in end(interrupted, 130)


def test_strays_are_ignored(folder):
    process = start(*OIDC, "--scope", "read", "--no-browser")
    url = url_of(process)
    port = urlsplit(dict(parse_qsl(urlsplit(url).query))["redirect_uri"]).port
    silent = [socket.create_connection((host, port)) for host in ("127.0.0.1", "::1") for _ in range(10)]
    for request in ("GET /favicon.ico", "GET /cb?code=a&state=wrong", "GET /cb?error=<script>", "POST /cb"):
        for host in ("127.0.0.1", "::1"):
            with socket.create_connection((host, port), timeout=5) as stray:
                stray.sendall(f"{request} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                answer = stray.makefile().read()
                assert answer.startswith("HTTP/1.1 404") and "<script>" not in answer, answer
    with socket.create_connection(("127.0.0.1", port), timeout=5) as stray:
        stray.sendall(b"junk\r\n\r\n")
        assert stray.recv(1) == b""
    browse(url, "--deliver")
    assert end(process)["refresh_token"]
    for each in silent:
        each.close()


def test_people_and_ports(folder):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.create_server((host, 0), family=family) as busy:
            taken = at("OIDC_HTTPS", redirect_uri=f"http://localhost:{busy.getsockname()[1]}/cb")
            assert "taken" in run(*taken, expect=5)
    for uri in ("https://localhost/cb", "http://app.example/cb", "app.example:/cb"):
        assert "redirect_uri" in run(*at("OIDC_HTTPS", redirect_uri=uri), expect=5)
    assert "nobody came back" in run(*OIDC, "--no-browser", timeout=1, expect=4)
    for browser in ("/nowhere/browser", f"touch {folder}/shell;true"):
        err = run(*OIDC, timeout=1, variables={"BROWSER": browser}, expect=4)
        assert "No browser" in err and "  https://" in err, err
    assert not (folder / "shell").exists()
    for how in (signal.SIGINT, signal.SIGTERM):
        process = start(*OIDC, "--no-browser")
        url_of(process)
        process.send_signal(how)
        assert "Interrupted" in end(process, 130)


def test_exit_codes_say_who_must_act(folder):
    file = folder / "token"
    file.write_text("r1\n")
    answers = {3: (400, {"error": "temporarily_unavailable"}),
               4: (400, {"error": "invalid_grant"}),
               5: (400, {"error": "unauthorized_client"}),
               6: (400, {"error": "invalid_grant", "suberror": "protection_policy_required"}),
               7: (200, {"error": ["not", "text"]})}
    for code, answer in answers.items():
        with TokenEndpoint(lambda _, answer=answer: answer) as server:
            run(*server.words, "--refresh-file", file, expect=code)
    hint = {"error": "invalid_client", "error_description": "AADSTS7000215: ...", "error_codes": [7000215]}
    with TokenEndpoint(lambda _: (401, hint)) as server:
        assert "secret's ID" in run(*server.words, "--refresh-file", file, expect=5)
    escape = {"error": "invalid_grant", "error_description": "\u001b]0;owned\u0007"}
    with TokenEndpoint(lambda _: (400, escape)) as server:
        assert "\x1b" not in run(*server.words, "--refresh-file", file, expect=4)

    for words in (["--unknown"], ["x"], ["--client-id"], ["--client-id", "x"], ["--tenant", "common"],
                  ["--token-endpoint", "https://as.example/t", "--client-id", "x"],
                  [*OIDC, "--scope"], [*OIDC, "--timeout", "0"], [*OIDC, "--timeout", "1s"], [*OIDC, "--timeout", "-1"],
                  [*OIDC, "--parameter", "x"], [*OIDC, "--parameter", "state=x"], [*OIDC, "--parameter", "password=x"]):
        assert "--help" in run(*words, expect=2)
    helped = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True)
    assert helped.returncode == 0 and "--refresh-file" in helped.stdout and not helped.stderr

    for words in (["--tenant", "con/toso", "--client-id", "x"], ["--issuer", "http://as.example", "--client-id", "x"],
                  ["--issuer", "not a URL", "--client-id", "x"], at("HOSTILE_EXPIRED"), at("HOSTILE_WRONG_HOST"),
                  at("HOSTILE_ROGUE"), at("HOSTILE_NOT_TLS"), [*OIDC, "--ca-file", "/nowhere"],
                  [*by_endpoints("http://as.example"), "--client-id", "x"], [*OIDC, "--response-mode", "jwt"],
                  [*OIDC, "--parameter", "x=a\r\nb"], [*OIDC, "--scope", "a\"b"], [*OIDC[:2], "--client-id", "x\ny"]):
        run(*words, "--no-browser", timeout=1, expect=5)


for test in [value for name, value in list(globals().items()) if name.startswith("test_")]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        test(pathlib.Path(name))
    print(f"{test.__name__}: passed in {time.monotonic() - began:.1f} s", flush=True)
