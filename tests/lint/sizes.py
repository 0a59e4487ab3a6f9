#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A header has at most 600 lines, better 400: one that outgrows this is two subjects."""
import statistics

from _tree import finish, headers

SOFT, HARD = 400, 600

lines = {name: text.count("\n") for name, text in headers().items()}
print(f"{len(lines)} headers, {sum(lines.values())} lines, median {statistics.median(lines.values()):.0f}")
for name, size in lines.items():
    if SOFT < size <= HARD:
        print(f"note: {name} has {size} lines, more than {SOFT}")
finish([f"{name}: {size} lines, more than {HARD}" for name, size in lines.items() if size > HARD])
