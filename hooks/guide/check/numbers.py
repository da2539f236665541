"""Which numbers of a page stand in no code and no output of it: what a reviewer has to recompute, or ask a source for.

A tool and not a rule. A step of arithmetic that the text shows, a constant and a number from a source are right to be
there unprinted, and telling them apart takes a reader.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from guide.check.wording import prose
from guide.model.catalogue import Notebook, Page

_CODE: Final = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)|https?://\S+")
# A decimal, or what a percent sign follows. Whole numbers are counts, years and shapes, mostly.
_NUMBER: Final = re.compile(r"(?<![\w.])(?:\d[\d,]*\.\d+|\d[\d,]*(?=\\?%))")
_PRINTED: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")


def unprinted(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the decimals and percentages in the prose of a page that none of its fences holds, with their lines.

    A number is held as it is rounded in the text, and as a percentage too: 0.1234 in an output holds `12%` and `0.12`.
    """
    if isinstance(page, Notebook):
        return  # its outputs are made by the build
    held = sorted({_value(found) for fence in page.body.fences for found in _PRINTED.findall(fence.text)})
    for line, text in prose(page):
        for found in _NUMBER.findall(_CODE.sub("", text)):
            value, half = _value(found), 0.501 * 10.0 ** -len(found.partition(".")[2])
            if not any(_within(held, value / scale, half / scale) for scale in (1, 100, 0.01)):
                yield line, found


def _value(written: str) -> float:
    return float(written.replace(",", ""))


def _within(held: list[float], value: float, half: float) -> bool:
    at = bisect_left(held, value - half)
    return at < len(held) and held[at] <= value + half
