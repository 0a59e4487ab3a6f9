# SPDX-License-Identifier: MIT
"""What the lints share. Every other script in this folder is one test: it prints its findings and exits 1 if any."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include/oauthpp"

# A folder is a floor; includes go down, or stay inside the folder.
FLOORS = {"detail": 0, "base": 1, "wire": 2, "crypto": 2, "jose": 3, "protocol": 4, "oidc": 5, "provider": 5, "flow": 6}


def headers():
    """Path below include/oauthpp -> text, for every header of the library."""
    return {str(path.relative_to(INCLUDE)): path.read_text() for path in sorted(INCLUDE.rglob("*.hpp"))}


def opt_in(name):
    """Is this a header that users include beside the umbrella?"""
    return name.startswith("adapter/") or "/" not in name and name not in ("oauthpp.hpp", "version.hpp")


def includes(text):
    return re.findall(r'^\s*#\s*include\s*([<"][^>"]+[>"])', text, re.M)


def code(text):
    """The text without comments and without what stands in quotes; line numbers stay."""
    token = re.compile(r"""
        //[^\n]* | /\*.*?\*/                            # comments
        | R"(?P<end>[^(\s]*)\(.*?\)(?P=end)" | "(?:\\.|[^"\\\n])*"
        | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'           # a character, not a digit separator
        """, re.S | re.X)
    return token.sub(lambda found: "\n" * found.group().count("\n") or " ", text)


def repository_files():
    """Everything that is, or is about to be, under version control; all files where there is no git."""
    git = subprocess.run(["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"],
                         capture_output=True, text=True)
    names = git.stdout.splitlines() if git.returncode == 0 else (str(p.relative_to(ROOT)) for p in ROOT.rglob("*"))
    return sorted(name for name in names if (ROOT / name).is_file())


def finish(findings):
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
