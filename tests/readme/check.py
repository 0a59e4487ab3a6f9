#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs and compiles everything that README.md shows, in a copy of the checkout.

```sh           `$ command` must succeed and print the lines below it, if there are any. A line `...` stands for any
                lines, `<...>` in a line for any text. `tests/run` itself is not run from here, only looked for.
```cpp          must compile with both compilers; one without a main is put into a function.
                `<!-- compile: name -->` above it puts it into tests/readme/name.hpp: in place of the line
                `// SNIPPET` if there is one, otherwise into a function at the end.
```cmake, ```meson   must stand, line for line, in a project of tests/consumer/.
```text         is not checked.

The table of sizes must have the figures of tests/targets/sizes.tsv, the one of times rows of tests/bench/README.md.
"""
import csv
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PREAMBLES = ROOT / "tests/readme"
BLOCK = re.compile(r"(?:^<!-- compile: (?P<preamble>\S+) -->\s*\n)?^```(?P<language>\S*)\n(?P<text>.*?)^```$", re.M | re.S)
CXX = "-std=c++20 -Wall -Wextra -Wpedantic -Werror -Wno-unused -fsyntax-only -Iinclude -x c++ -".split()


def copy_checkout(folder):
    """As a clone would be after the next commit: without what git ignores."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)


def pattern(lines):
    """A regular expression for the lines that a command must print."""
    parts = [r"(?:.*\n)*?" if line == "..." else ".*".join(map(re.escape, line.split("<...>"))) + r"\n" for line in lines]
    return "".join(parts)


def check_sh(text, folder):
    commands = re.split(r"^\$ ", re.sub(r"\\\n\s*", "", text), flags=re.M)
    if commands[0].strip() or len(commands) == 1:
        return "a sh block is made of `$ ` commands and their output"
    for part in commands[1:]:
        command, *expected = part.rstrip("\n").split("\n")
        if re.match(r"tests/run\b", command):
            if not (folder / "tests/run").exists():
                return "there is no tests/run"
            continue
        done = subprocess.run(["bash", "-c", command], cwd=folder, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        if done.returncode:
            return f"`{command}` exits with {done.returncode}:\n{done.stdout}"
        if expected and not re.fullmatch(pattern(expected), done.stdout.rstrip("\n") + "\n"):
            return f"`{command}` prints something else:\n{done.stdout}"
    return None


def as_program(text, preamble):
    surroundings = (PREAMBLES / f"{preamble}.hpp").read_text() if preamble else "#include <oauthpp/oauthpp.hpp>\n"
    if "// SNIPPET\n" in surroundings:
        return surroundings.replace("// SNIPPET\n", text)
    if re.search(r"\bint main\(", text):
        return surroundings + text
    includes = "".join(re.findall(r"^#include.*\n", text, re.M))
    return includes + surroundings + "void snippet() {\n" + re.sub(r"^#include.*\n", "", text, flags=re.M) + "}\n"


def check_cpp(text, preamble, folder):
    for compiler in ("g++", "clang++"):
        done = subprocess.run([compiler, *CXX], cwd=folder, input=as_program(text, preamble), text=True, capture_output=True)
        if done.returncode:
            return f"{compiler} says\n{done.stderr}"
    return None


def check_quoted(text, name):
    projects = (ROOT / "tests/consumer").glob(f"*/{name}")
    found = any(text.strip() in project.read_text() for project in projects)
    return None if found else f"stands in no {name} of tests/consumer/"


def check(block, folder):
    language, text = block["language"], block["text"]
    if language == "sh":
        return check_sh(text, folder)
    if language == "cpp":
        return check_cpp(text, block["preamble"], folder)
    if language == "cmake":
        return check_quoted(text, "CMakeLists.txt")
    if language == "meson":
        return check_quoted(text, "meson.build")
    return None if language == "text" else "nobody checks a block in this language; the kinds are sh, cpp, cmake, meson, text"


FEATURES = {"SHA-256": "sha256", "PKCE": "pkce", "forms and base64url": "encoders", "JSON": "json",
            "a typed token response": "token_response", "the whole grant and a refresh": "code_grant"}
PEERS = {"mbedtls_sha256": "mbed TLS", "jsmn": "jsmn", "cjson": "cJSON"}


def check_sizes(readme):
    """The rows of the table of sizes, as tests/targets/sizes.tsv has them."""
    with open(ROOT / "tests/targets/sizes.tsv") as file:
        rows = {(row["feature"], row["target"]): row for row in csv.DictReader(file, delimiter="\t")}
    problems = []
    for label, feature in FEATURES.items():
        small, row = rows[feature, "cortex-m0plus"], rows[feature, "cortex-m4"]
        peer = f"{PEERS[row['peer']]} {row['peer_bytes']}" if row["peer"] != "-" else ""
        expected = f"| {label} | {small['bytes']} | {row['bytes']} | {row['goal']} | {peer} |".replace("  ", " ")
        if f"\n{expected}\n" not in readme:
            problems.append(f"README.md: the row should be {expected}")
    return problems


def check_times(readme):
    measured = (ROOT / "tests/bench/README.md").read_text().partition("### Time")[2].partition("###")[0]
    rows = re.findall(r"^\| \w+, g\+\+-12 \|.*\n", readme, re.M)
    problems = [f"README.md: not in tests/bench/README.md: {row}" for row in rows if row not in measured]
    return problems if rows else ["README.md: there is no table of times"]


readme = (ROOT / "README.md").read_text()
blocks = list(BLOCK.finditer(readme))
failed = 0
with tempfile.TemporaryDirectory() as folder:
    copy_checkout(pathlib.Path(folder))
    for block in blocks:
        problem = check(block, pathlib.Path(folder))
        if problem:
            failed += 1
            print(f"README.md:{readme.count(chr(10), 0, block.start('text')) + 1}: {problem}")
print(f"{len(blocks)} blocks, {failed} failed")
stale = check_sizes(readme) + check_times(readme)
print("\n".join(stale))
sys.exit(1 if failed or stale or not blocks else 0)
