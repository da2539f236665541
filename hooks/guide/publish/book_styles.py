"""The sheet of the book: its own rules, and those of the site for what is drawn, with every variable worked out.

Many programs that show books know no variables, no `light-dark()` and no `:is()`. So the words of the design language
(overrides/styles/tokens.css) are replaced by the light scheme's values, in the rules and in the pictures alike, and
what a figure of the site says with `--x` is written out for each of its eight colors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import product
from pathlib import Path
from typing import Final

STYLES: Final = "overrides/styles"
BOOK: Final = "overrides/book"
# The sheets of the site that say how pictures, code and formulas look, and which of their rules do.
_DRAWN: Final = re.compile(r"\.x-[a-z]|\.tl-(?:node|edge|lane|diagram\b)|\.tl-explore text|\.highlight (?:\.|:is)")
_SHEETS: Final = ("figures.css", "explore.css", "code.css")
COLORS: Final = range(1, 9)

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_VAR = re.compile(r"var\((--[\w-]+)(?:,[^()]*)?\)")
_LIGHT = re.compile(r"light-dark\(\s*((?:[^(),]|\([^()]*\))+),\s*(?:[^()]|\([^()]*\))+\)")
_IS = re.compile(r":is\(([^()]*)\)")
_DIRECTION = re.compile(r"^\s*direction:[^;}]*;\n", re.M)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FILE = re.compile(r'url\("fonts/([\w-]+)\.woff2"\)')
_BLOCK = re.compile(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


class Palette:
    """The words of the design language and what they stand for in the light scheme."""

    def __init__(self, root: Path) -> None:
        """Read the words of a repository."""
        self._root = root
        text = _COMMENT.sub("", (root / STYLES / "tokens.css").read_text("utf-8"))
        # Of a word that is told twice, the first is meant: later ones are for special cases.
        self._words: dict[str, str] = {}
        for name, value in _TOKEN.findall(text):
            self._words.setdefault(name, _LIGHT.sub(lambda match: match[1].strip(), value.strip()))

    def resolve(self, text: str) -> str:
        """Return CSS with the variables that are known replaced."""
        for _ in range(4):
            text = _VAR.sub(lambda match: self._words.get(match[1], match[0]), text)
        return text

    def faces(self, folder: str, names: Collection[str]) -> str:
        """Return the rules that load the named faces of the site, without their endings, from a folder."""
        rules = _FACE.findall(_COMMENT.sub("", (self._root / STYLES / "fonts.css").read_text("utf-8")))
        chosen = [rule for rule in rules if (name := _FILE.search(rule)) and name[1] in names]
        return "\n".join(chosen).replace('url("fonts/', f'url("{folder}/')

    def own(self, *names: str) -> str:
        """Return files of overrides/book."""
        return self.resolve("\n".join((self._root / BOOK / name).read_text("utf-8") for name in names))

    def sheet(self, *names: str) -> str:
        """Return the sheet of a book: named files of overrides/book, then what is drawn, then formulas."""
        formulas = (self._root / STYLES / "mathematics.css").read_text("utf-8")
        text = self.resolve("\n".join([self.own(*names), *self._drawn(), _COMMENT.sub("", formulas)]))
        # A program that shows books decides itself in which direction it reads.
        return _DIRECTION.sub("", text)

    def _drawn(self) -> Iterator[str]:
        for name in _SHEETS:
            for selector, body in _rules((self._root / STYLES / name).read_text("utf-8")):
                if not _DRAWN.search(selector) or not body.strip() or "--x:" in body:
                    continue
                for each in _each(selector.replace(".md-typeset ", "")):
                    yield f"{each} {{{body.replace('var(--x)', 'var(--tl-ink)')}}}"
                    if "var(--x)" in body:
                        yield from (f"{_colored(each, n)} {{{body.replace('--x', f'--tl-plot-{n}')}}}" for n in COLORS)


# ---- helpers -------------------------------------------------------------------------------------------------


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Return the rules of a sheet that hold everywhere: selector, declarations."""
    return [(name.strip(), body) for name, body in _RULE.findall(_BLOCK.sub("", _COMMENT.sub("", sheet)))]


def _each(selector: str) -> Iterator[str]:
    """Yield the single selectors that a list with `:is()` stands for."""
    for one in re.split(r",(?![^(]*\))", selector):
        parts = _IS.split(one.strip())
        choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
        yield from (
            "".join(part.strip() if at % 2 else part for at, part in enumerate(chosen)) for chosen in product(*choices)
        )


def _colored(selector: str, number: int) -> str:
    """Return a selector for the elements that are of one color."""
    return re.sub(r"(\.x-[a-z]+)", rf"\1.x-{number}", selector, count=1)
