#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The host of a device that has nothing but a serial line: HTTP and a browser, and for an emulator time and dice.

    bridge.py [--ca-file FILE] COMMAND...      starts the device, whose line is its stdin and stdout

The variable BROWSER names a program that is given the URL. The exit code is the device's.

The device asks in lines and waits for each answer. A block is its size in decimal, a line feed, and so many bytes.

    print TEXT               nothing: the text is shown
    time                     the seconds since 1970 and a line feed
    random N                 a block of N bytes
    browse URL               a block: what came to its redirect_uri, a request target or a form; nothing if nothing came
    http METHOD URL          three lines, which are status, Content-Type and Retry-After, and a block: the body
      and header lines,      If there is no response: the status 0, and what happened in the place of the Content-Type
      an empty line, a block
"""
import argparse
import http.client
import http.server
import os
import shlex
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

HTTP_SECONDS = 10
HTTP_BYTES = 64 * 1024   # a longer body is cut: a device with less memory sees that it is too large
PERSON_SECONDS = 290


def say(*words):
    print(*words, flush=True)


def lines(*values):
    return "".join(" ".join(str(value).split()) + "\n" for value in values).encode("ascii", "replace")


def block(data):
    return lines(len(data)) + data


def failed(what):
    say("bridge:", what)
    return lines(0, what, "") + block(b"")


def send(method, url, headers, body, tls):
    """One request and its answer. Follows no redirect, and sends nothing twice."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=HTTP_SECONDS, context=tls)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=HTTP_SECONDS)
    try:
        connection.connect()
    except ssl.SSLError:
        return failed("tls_failed")
    except socket.gaierror:
        return failed("name_not_found")
    except OSError:
        return failed("connection_failed")

    # The limit of the socket is for each read, and a server may send a byte a second.
    end = time.monotonic() + HTTP_SECONDS
    late = threading.Timer(HTTP_SECONDS, socket.socket.shutdown, [connection.sock, socket.SHUT_RDWR])
    late.start()
    try:
        connection.request(method, urllib.parse.urlunsplit(("", "", parts.path, parts.query, "")), body, headers)
        answer = connection.getresponse()
        received = answer.read(HTTP_BYTES)
        complete = not answer.length or len(received) == HTTP_BYTES
    except (OSError, http.client.HTTPException):
        complete = False
    finally:
        late.cancel()
        connection.close()
    if time.monotonic() >= end:
        return failed("timed_out")
    if not complete:
        return failed("connection_lost")
    say(f"bridge: {method} {url} -> {answer.status}, {len(received)} bytes")
    return lines(answer.status, answer.headers.get("Content-Type", ""), answer.headers.get("Retry-After", "")) + block(received)


def browse(url):
    """Opens the page, and waits on the redirect URI. Gives up when the browser fails or the person takes too long."""
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    redirect_uri = urllib.parse.urlsplit(query["redirect_uri"][0])
    callbacks = []

    class Listener(http.server.BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            self.take(self.path)

        def do_POST(self):
            self.take(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("ascii", "replace"))

        def take(self, callback):
            is_callback = self.path.partition("?")[0] == (redirect_uri.path or "/")
            if is_callback:
                callbacks.append(callback)
            self.send_response(200 if is_callback else 404)
            self.end_headers()
            self.wfile.write(b"The device has your answer. You can close this page.\n" if is_callback else b"")

        def log_message(self, *_):
            pass

    say("bridge: open", url)
    with http.server.HTTPServer((redirect_uri.hostname, redirect_uri.port or 80), Listener) as listener:
        listener.timeout = 0.2
        browser = subprocess.Popen([*shlex.split(os.environ.get("BROWSER", "xdg-open")), url], stdout=subprocess.DEVNULL)
        end = time.monotonic() + PERSON_SECONDS
        while not callbacks and not browser.poll() and time.monotonic() < end:
            listener.handle_request()
    return callbacks[0].encode("ascii", "replace") if callbacks else b""


def answer_to(question, device, tls):
    verb, _, argument = question.decode("ascii").rstrip("\n").partition(" ")
    if verb == "print":
        say("device:", argument)
        return b""
    if verb == "time":
        return lines(int(time.time()))
    if verb == "random":
        return block(os.urandom(int(argument)))
    if verb == "browse":
        return block(browse(argument))
    if verb == "http":
        headers = dict(line.decode("ascii").rstrip("\n").split(": ", 1) for line in iter(device.readline, b"\n"))
        body = device.read(int(device.readline()))
        return send(*argument.split(" ", 1), headers, body, tls)
    raise ValueError(f"no question: {question}")


parser = argparse.ArgumentParser(description="The host of a device that has nothing but a serial line.")
parser.add_argument("--ca-file", help="the certificate authorities to trust, instead of the system's")
parser.add_argument("command", nargs=argparse.REMAINDER, help="starts the device, whose line is its stdin and stdout")
options = parser.parse_args()

tls = ssl.create_default_context(cafile=options.ca_file)
device = subprocess.Popen(options.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
try:
    for question in device.stdout:
        answer = answer_to(question, device.stdout, tls)
        try:
            device.stdin.write(answer)
            device.stdin.flush()
        except BrokenPipeError:
            pass   # it did not wait so long; what it said before it turned itself off is still to be read
    sys.exit(device.wait())
finally:
    device.kill()
