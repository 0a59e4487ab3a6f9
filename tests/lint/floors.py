#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Includes go down, or stay inside the folder, without circles; the umbrella reaches every header of every floor."""
import pathlib

from _tree import FLOORS, finish, headers, includes, opt_in

findings = []
texts = headers()
graph = {name: [i[9:-1] for i in includes(text) if i.startswith("<oauthpp/")] for name, text in texts.items()}


def floor(name):
    if name == "version.hpp":
        return 0
    if name == "oauthpp.hpp":
        return 7
    return FLOORS.get(pathlib.Path(name).parts[0])


for name, included in graph.items():
    findings += [f"{name}: write #include <oauthpp/...>, not {i}" for i in includes(texts[name]) if i[0] == '"']
    if floor(name) is None and not opt_in(name):
        findings.append(f"{name}: stands on no floor; the floors are {', '.join(FLOORS)}")
        continue
    for other in included:
        same_folder = pathlib.Path(name).parent == pathlib.Path(other).parent
        if other not in texts:
            findings.append(f"{name}: includes {other}, which does not exist")
        elif opt_in(name):
            if not opt_in(other) and other != "oauthpp.hpp":
                findings.append(f"{name}: an opt-in header includes only <oauthpp/oauthpp.hpp> and opt-in headers, not {other}")
        elif opt_in(other):
            findings.append(f"{name}: includes the opt-in header {other}")
        elif floor(other) > floor(name) or floor(other) == floor(name) and not same_folder:
            findings.append(f"{name} (floor {floor(name)}): includes {other} (floor {floor(other)})")
    if name.startswith("base/") and included[:1] != ["version.hpp"]:
        findings.append(f"{name}: the first include of a header in base/ is <oauthpp/version.hpp>")


def visit(name, path):
    """Depth first; a header met again on its own path closes a circle."""
    if name in path:
        findings.append("circle: " + " -> ".join(path[path.index(name):] + [name]))
    elif name not in visited:
        for other in graph.get(name, []):
            visit(other, path + [name])
        visited.add(name)


visited = set()
visit("oauthpp.hpp", [])
findings += [f"{name}: the umbrella does not reach it" for name in graph if not opt_in(name) and name not in visited]
for name in graph:
    visit(name, [])

finish(findings)
