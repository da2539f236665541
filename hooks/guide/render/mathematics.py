"""Formulas set at build: from the spans that arithmatex leaves in a page to MathML, which browsers set by themselves.

The formulas of all pages are collected first and set in one go (one request to Node, one look into the cache), and
put in place only after the page's template was rendered: what indexes the page in between sees text, not the tags of
a formula. The reader's browser runs nothing.

MathML alone, since it is a third of the elements that KaTeX's HTML needs, is read by screen readers as it stands, and
needs no style sheet of its own. The face is cut from STIX Two Math (`guide.publish.fonts`): its letters are as high as
those of the text and as dark; Latin Modern is thinner than the text around it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from guide.model.problems import Problem
from guide.tools.node import Answer, Drawing

# The signs of the mathematical face, in four files: what most formulas need, the other signs, and letters in other
# styles, the common and the rare. Upright letters and digits are those of the text.
FACE: Final = (
    "20-2F 3A-40 5B-60 7B-7E A0 A7 AC AF B1 B4 B7 D7 F7 131 2C6-2C7 2D8-2D9 2DC 302-305 307-308 30C 391-3A9 "
    "2016 2018-2019 201C-201D 2022 2026 2032-2034 2061-2064 20D7 2113 2115 211D 2190 2192 21D2 21D4 2200 "
    "2202-2205 2207-2209 220F 2211-2213 2217-2218 221A 221D-221E 2220 2223 2225 2227-222B 223C 2248 2260-2261 "
    "2264-2265 226A-226B 2299 22A4 22C5 22EE-22EF 2308-230B 23DE-23DF 27E8-27E9 1D434-1D467 1D53C 1D6E2-1D714 "
    "1D716-1D71B"
)
SIGNS: Final = (
    "2020-2021 203E 2044 2102 210B 210E 2110-2112 211A-211C 2124 212C 2130-2131 2133 2135 2191 2193-2199 21A6 "
    "21A9-21AA 21BC 21C0 21CC 21D0-21D1 21D3 220B 2210 2215-2216 222C-222D 2234-2235 2243 2245 224D 2250 "
    "2254-2255 225C 2272-2273 227A-227B 227E-227F 2282-2287 228A-228B 2291-2298 22A2-22A3 22A5 22C0-22C4 22C6 "
    "22F1 2320-2321 239B-23AE 23B0-23B1 23DC-23DD 25A1 25CB 27EA-27EB 27F5-27FC 2A7D-2A7E 2AAF-2AB0"
)
BOLD: Final = "1D400-1D433 1D49C-1D4B5 1D538-1D53B 1D53D-1D551 1D7CE-1D7D7"
RARE: Final = "1D468-1D49B 1D5A0-1D5D3 1D670-1D6A3 1D6A8-1D6DA 1D71C-1D74E 1D7D8-1D7E1"
# Browsers set a Greek letter of a formula in italics, and the face of the text has the rest (guide.publish.fonts,
# WESTERN); words stand in \text{…}.
_ELSEWHERE: Final = "3B1-3C9 3D1 3D5 3D6 3F0 3F1 3F5 30-39 41-5A 61-7A C0-FF 2013 2014 200B"

# What pymdownx.arithmatex emits in generic mode: \(…\) in a span or \[…\] in a div.
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<block>.*?)\\\])</(?P=tag)>'
    r'(?P<after>[,.;:!?)’”\'"]*)',
    re.DOTALL,
)
# A formula in a heading, as the table of contents has it: the text of its span.
_IN_CONTENTS = re.compile(r"\\\(.+?\\\)")
_LONG: Final = ' class="tl-long"'
_LAST: Final = "</mrow></math>"


def code_points(ranges: str) -> list[int]:
    """Return the code points of a list such as `20-7E A0`."""
    found: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


_KNOWN: Final = frozenset(chr(code) for code in code_points(f"{FACE} {SIGNS} {BOLD} {RARE} {_ELSEWHERE}"))


def _drawing(match: re.Match[str]) -> Drawing:
    block = match["block"]
    source = html.unescape(match["inline"] if block is None else block)
    return Drawing(source.strip(), display=block is not None)


def formulas(page: str) -> list[Drawing]:
    """Return every formula of a rendered page, in order, with repeats."""
    return [_drawing(match) for match in _FORMULA.finditer(page)]


def replace_formulas(page: str, answers: Mapping[Drawing, Answer]) -> str:
    """Return the page with each formula that has an answer set; others are left as they are.

    A display formula may be wider than a phone, so it stands in a region that scrolls and that the keyboard reaches. No
    formula is translated, and none is parted from the comma after it.
    """

    def put(match: re.Match[str]) -> str:
        drawing = _drawing(match)
        answer = answers.get(drawing)
        if answer is None or answer.error:
            return match[0]
        set_, after = answer.html, match["after"]
        if drawing.display:
            region = 'class="tl-math" translate="no" tabindex="0" role="group" aria-label="Formula"'
            return f"<div {region}>{set_}</div>{after}"
        if after and _LONG in set_:
            # It may be broken over lines, so the comma belongs to its last part.
            set_ = f'{set_.removesuffix(_LAST)}<mtext class="tl-after">{after}</mtext>{_LAST}'
            after = ""
        return f'<span class="tl-kept" translate="no">{set_}{after}</span>'

    return _FORMULA.sub(put, page)


def mark_in_contents(title: str) -> str:
    """Return an entry of the table of contents with its formulas in spans, as they stand in the page."""
    return _IN_CONTENTS.sub(lambda match: f'<span class="arithmatex">{match[0]}</span>', title)


# ---- what is wrong with a formula --------------------------------------------------------------------------------

_NO_NUMBERS: Final = ("formulas have no numbers here", "Remove it, and say “the formula above” or link to the section")
_OWN: Final = ("formulas define no commands of their own", "Write it out, for example `\\operatorname{KL}`")
_NOTHING_ELSE: Final = ("formulas hold no links, pictures, colors or HTML", "Remove it")
_INDICATOR: Final = "Write `\\mathbf{1}`"
# By the command: what is wrong with it and the fix, in the words of whoever writes a chapter.
_COMMANDS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("label", "tag", "ref", "eqref", "notag", "nonumber"), _NO_NUMBERS),
    **dict.fromkeys(("mathbbm", "mathds", "bbone", "indicator", "ind"), ("there is no such command", _INDICATOR)),
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "def", "gdef", "edef", "xdef", "let", "futurelet", "global"),
        _OWN,
    ),
    "DeclareMathOperator": _OWN,
    **dict.fromkeys(
        ("color", "textcolor", "colorbox", "fcolorbox", "definecolor", "class", "id", "style", "data", "href", "url"),
        _NOTHING_ELSE,
    ),
    **dict.fromkeys(("includegraphics", "rule", "htmlClass", "htmlData", "htmlStyle", "htmlId"), _NOTHING_ELSE),
}
_UNKNOWN = re.compile(r"Unsupported function name: \\([A-Za-z]+)")
_REFUSED = re.compile(r"(?:\\|\{)([A-Za-z]+)\}? is not allowed")
_POSITION = re.compile(r"\s*at (?:position \d+|end of input):.*", re.DOTALL)


def explain(formula: Drawing, answer: Answer) -> tuple[str, str] | None:
    """Return what is wrong with a formula and its fix, in plain words, or None."""
    said = "`" + " ".join(formula.source.split()) + "`"
    if not answer.error:
        strange = sorted(set(html.unescape(re.sub(r"<[^>]*>", "", answer.html))) - _KNOWN)
        if not strange:
            return None
        fix = "Say it in words, or add it to the face in hooks/guide/render/mathematics.py"
        return f"the formula {said} has a sign that the guide's fonts do not have: {' '.join(strange)}", fix
    if refused := _REFUSED.search(answer.error):
        name = refused[1]
        if name not in _COMMANDS:
            fix = "Write `\\begin{aligned}`, which has no numbers, between `$$` and `$$`"
            return f"the formula {said} holds the environment `{name}`, which is numbered", fix
        message, fix = _COMMANDS[name]
        return f"the formula {said} holds `\\{name}`: {message}", fix
    if unknown := _UNKNOWN.search(answer.error):
        name = unknown[1]
        own = f"Write a name of your own as `\\operatorname{{{name}}}`, or look up how the command is spelled"
        message, fix = _COMMANDS.get(name, ("there is no such command", own))
        return f"the formula {said} holds `\\{name}`: {message}", fix
    if "% comment" in answer.error:
        return f"the formula {said} holds a lone `%`, which begins a comment in TeX", "Write `\\%`"
    if "Accented Unicode" in answer.error or "Unicode text character" in answer.error:
        return f"the formula {said} holds a letter that is not used in mathematics", "Put words into `\\text{…}`"
    # Temml marks the place with combining underlines, which a terminal cannot show.
    message = _POSITION.sub("", answer.error.replace("\N{COMBINING LOW LINE}", "")).strip().rstrip(".")
    return f"the formula {said} cannot be set ({message})", "Correct the TeX"


# ---- formulas that were not recognized ---------------------------------------------------------------------------

_HIDDEN = re.compile(
    r"<(pre|code|samp|kbd|figure)\b.*?</\1>|<(span|div) class=\"arithmatex\">.*?</\2>", re.DOTALL | re.IGNORECASE
)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Dollars before a digit are money.
_LEFT = re.compile(r"\$\$|\$(?!\d)|\\begin\{|\\(?!end\b)[A-Za-z]{2,}")
# What is told instead of the text: where such signs stand has to be looked for in the source.
GLUED: Final = "$$"
PIPED: Final = "|"
_PIPE: Final = "Write `\\mid` for “given”, `\\lvert … \\rvert` for an absolute value, `\\Vert` for a double bar"
_SHAPE: Final = (
    "An inline formula has no space inside its dollar signs; a display formula goes between `$$` and `$$` on lines of"
    " its own, with an empty line before and after, and indented by four spaces in a list. Put what is no formula into"
    " backticks"
)


def left_over(page: str) -> list[tuple[str, str, str]]:
    """Return what of a rendered page is a formula to its author and text to its reader.

    Each is told by the text where it stands, what is wrong and the fix.
    """
    found: list[tuple[str, str, str]] = []
    for cell in _CELL.finditer(page):
        shown = html.unescape(_TAG.sub("", _HIDDEN.sub(" ", cell[1])))
        if _LEFT.search(shown) or any("|" in formula.source for formula in formulas(cell[1])):
            found.append((PIPED, "a formula in a table holds `|`, which separates cells", _PIPE))
    rest = html.unescape(_TAG.sub("\n", _HIDDEN.sub("\n", _CELL.sub("\n", page))))
    for line in rest.split("\n") if _LEFT.search(rest) else ():
        if left := _LEFT.search(line):
            near = _around(line, left.start())
            found.append((near, f"`{near}` is shown as it is typed: it was not taken for a formula", _SHAPE))
    return found


def piped(source: str) -> list[int]:
    """Return the lines of tables on which `|` stands within dollar signs."""
    found = []
    for number, line in enumerate(source.split("\n"), start=1):
        # Between an odd and an even dollar sign is a formula, as far as its author is concerned.
        within = re.split(r"(?<!\\)\$", line)[1::2]
        if line.count("|") > 1 and any("|" in formula for formula in within):
            found.append(number)
    return found


def glued(source: str) -> list[int]:
    """Return the lines of a Markdown source on which `$$` stands in a paragraph that is more than one formula."""
    found, line = [], 1
    for paragraph in re.split(r"\n[ \t]*\n", source):
        text = paragraph.strip()
        whole = text.startswith("$$") and text.endswith("$$") and text.count("$$") == 2
        if "$$" in text and not whole:
            found.append(line + paragraph.count("\n", 0, paragraph.index("$$")))
        line += paragraph.count("\n") + 2
    return found


def _around(text: str, position: int) -> str:
    """Return the rest of a line from a position on, as far as it is sure to stand in the source as well."""
    line = text[position : position + 32].split("\n")[0]
    if not line.strip("$ "):
        return GLUED
    return re.split(r"(?<=.)[‘’“”'\"\N{NO-BREAK SPACE}]", line)[0].rstrip()


# ---- titles ------------------------------------------------------------------------------------------------------

_TITLE = re.compile(r"^(?:title:|#(?=\s))[^\n]*\$[^$\n]+\$", re.MULTILINE)


def title_problems(path: str, text: str) -> list[Problem]:
    """Return a Problem for a formula in the title of a page, which tabs, lists and plans show as plain text."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    first = next((match for match in re.finditer(r"^# .*$", body, re.MULTILINE)), None)
    for match in (_TITLE.search(head), _TITLE.match(first[0]) if first else None):
        if match is not None:
            line = text.count("\n", 0, text.find(match[0])) + 1
            return [
                Problem(path, line, "the title of a page is plain text and holds no formula", "Write it in words: k-NN")
            ]
    return []
