# SPDX-License-Identifier: MIT
"""Finds what can be broken in a C++ source of this project, and writes the source with every breakage in it at once.

A mutant is a check that is left out or always holds, or a comparison that is turned round or off by one. Each stands in
the written source beside what it breaks, behind a number that is chosen at run time: `(a < b)` becomes
`(mutation::less(7, a, b))`. So all of them cost one build.
"""
import dataclasses
import re

TOKEN = re.compile(r"""
    //[^\n]* | /\*.*?\*/ | ^[ ]*\#(?:[^\n]*\\\n)*[^\n]*            # comments, directives
  | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
  | (?:0[xX][0-9a-fA-F']+|\d[\d.']*)\w* | [A-Za-z_]\w*
  | <=>|<<=|>>=|&&|\|\||==|!=|<=|>=|[-+*/%&|^]=|->|::|<<|\+\+|--
  | \S""", re.VERBOSE | re.DOTALL | re.MULTILINE)

COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
FUNCTIONS = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "%=", "<<=", ">>="}
# What an operand ends at, from the loosest on.
ENDS = ASSIGNMENTS | {",", ";", "{", "}", "(", ")", "[", "]", ":", "?", "return", "co_return"}
ENDS_OF_OR = ENDS | {"||"}
ENDS_OF_AND = ENDS_OF_OR | {"&&"}
ENDS_OF_COMPARISON = ENDS_OF_AND | set(COMPARISONS) | {"<=>"}
# What lines with these words decide is decided by the compiler, which takes no mutant.
COMPILE_TIME = re.compile(r"\b(static_assert|requires|concept|if constexpr|template|using|noexcept\(|sizeof|"
                          r"is_constant_evaluated|has_wide_words|has_vectors|has_sha256_instructions)\b")
CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclasses.dataclass(frozen=True)
class Mutant:
    line: int          # from 1
    code: str          # what is broken, as it is written
    becomes: str       # what stands there instead
    span: tuple        # of what is broken, offsets into the source
    before: str
    after: str
    operator: tuple = ()   # the offsets of one that must go


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = [m for m in TOKEN.finditer(text) if not m[0].lstrip().startswith(("//", "/*", "#"))]
        self.words = [self.word(m) for m in self.tokens]
        self.partner = {}
        opened = []
        for i, word in enumerate(self.words):
            if word in CLOSING:
                opened.append(i)
            elif word in CLOSING.values():
                self.partner[i] = opened.pop()
                self.partner[self.partner[i]] = i

    def word(self, token):
        """A token's text. A bracket of template arguments, which has no space on both sides, gets a mark."""
        spaced = self.text[token.start() - 1].isspace() and self.text[token.end():token.end() + 1].isspace()
        return token[0] if spaced or token[0] not in COMPARISONS else token[0] + "'"

    def left(self, i, ends):
        """The first token of the operand that ends before token i."""
        while self.words[i - 1] not in ends or self.words[i - 1] in (")", "]", "}"):
            i = self.partner[i - 1] if self.words[i - 1] in (")", "]", "}") else i - 1
        return i

    def right(self, i, ends):
        """The last token of the operand that begins after token i."""
        while self.words[i + 1] not in ends or self.words[i + 1] in CLOSING:
            i = self.partner[i + 1] if self.words[i + 1] in CLOSING else i + 1
        return i

    def span(self, first, last):
        return self.tokens[first].start(), self.tokens[last].end()

    def line_at(self, offset):
        begin = self.text.rfind("\n", 0, offset) + 1
        return self.text[begin:self.text.find("\n", offset)]

    def condition(self, i):
        """The first and last token of the condition whose `(` is token i, or None if it declares a variable."""
        first, last = i + 1, self.partner[i] - 1
        at = first
        while at <= last:
            if self.words[at] == ";":
                first = at + 1
            at = self.partner[at] + 1 if self.words[at] in CLOSING else at + 1
        declares, at = False, first
        while at <= last:
            declares = declares or self.words[at] in ("=", ":")
            at = self.partner[at] + 1 if self.words[at] in CLOSING else at + 1
        return None if declares else (first, last)


def mutants_of(text):
    """Every mutant of a source, in its order."""
    source = Source(text)
    found = {}

    def add(span, becomes, before, after, operator=()):
        code = " ".join(text[span[0]:span[1]].split())
        if COMPILE_TIME.search(source.line_at(span[0])) or not code:
            return
        line = text.count("\n", 0, span[0]) + 1
        found.setdefault((span, becomes), Mutant(line, code, becomes, span, before, after, operator))

    def forced(first, last, value):
        span = source.span(first, last)
        add(span, value, "(!mutation::is({n}) && (" if value == "false" else "(mutation::is({n}) || (", "))")

    for i, word in enumerate(source.words):
        if source.words[i - 1] == "operator":
            continue
        if word in ("if", "while") and source.words[i + 1] == "(" and (held := source.condition(i + 1)):
            if source.words[i - 1] != "}" or word == "if":   # not the loop of do
                for value in ("false", "true") if word == "if" else ("false",):
                    forced(*held, value)
        elif word == "?":
            for value in ("false", "true"):
                forced(source.left(i, ENDS), i - 1, value)
        elif word in ("&&", "||"):
            before, after = text[source.tokens[i].start() - 1], text[source.tokens[i].end()]
            if not (before.isspace() and after.isspace()):   # a reference to a temporary
                continue
            ends = ENDS_OF_AND if word == "&&" else ENDS_OF_OR
            value = "true" if word == "&&" else "false"
            forced(source.left(i, ends), i - 1, value)
            forced(i + 1, source.right(i, ends), value)
        elif word in COMPARISONS:
            start, end = source.tokens[i].span()
            span = source.span(source.left(i, ENDS_OF_COMPARISON), source.right(i, ENDS_OF_COMPARISON))
            if word in ("==", "!="):
                add(span, COMPARISONS[word], "(mutation::is({n}) != (", "))", (start, start))
            else:
                add(span, COMPARISONS[word], "(mutation::" + FUNCTIONS[word] + "({n}, (", ")))", (start, end))
    return sorted(found.values(), key=lambda mutant: (mutant.span[0], -mutant.span[1], mutant.operator, mutant.becomes))


def write(text, numbered):
    """The source with these mutants in it, by number. Every line stays where it is."""
    edits = []   # offset, order there, how far it reaches, what to write, how many characters it replaces
    for n, mutant in numbered.items():
        begin, end = mutant.span
        edits.append((begin, 1, -end, n, mutant.before.format(n=n), 0))
        edits.append((end, 0, -begin, -n, mutant.after, 0))
        if mutant.operator and mutant.operator[0] != mutant.operator[1]:
            edits.append((mutant.operator[0], 2, 0, n, "), (", mutant.operator[1] - mutant.operator[0]))
    out, at = [], 0
    for offset, _, _, _, replacement, length in sorted(edits):
        out += [text[at:offset], replacement]
        at = offset + length
    return "".join([*out, text[at:]])
