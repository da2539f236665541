"""Inline Markdown at a fraction of the cost: of each text, only what can be there is looked for.

Python-Markdown asks every pattern about every piece of text, and a page has hundreds of pieces, most of them a line
break between two elements; going from pattern to pattern was most of the work of a cold build. Here a pattern comes in
only when its expression is found in the text, which is not searched without a sign that every match holds; and a short
text in which nothing was found is not searched again. The result is the same by construction, because a pattern whose
expression is not found does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor as NewStyle
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# The tree processors that are replaced, with the priorities that Python-Markdown gives them.
_PRIORITIES = {"inline": 20, "smarty": 6}
# At least one of these one or two signs is in whatever the expression of a pattern matches; a test holds the two
# together. Looking for a sign takes a fraction of the time of a search.
SIGNS = {
    "backtick": "`",
    "arithmatex-inline": "$\\",
    "keys-custom": "+",
    "escape": "\\",
    **dict.fromkeys(("footnote", "reference", "link", "short_reference"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "["),
    **dict.fromkeys(("autolink", "automail"), "<"),
    "linebreak": "\n",
    "entity": "&",
    "keys": "+",
    **{f"smarty-quotes-{number}": "'\"" for number in range(15)},
}
# Longer texts hardly come twice.
_SHORT = 40


class _Inline(InlineProcessor):
    """Looks for the expression of each pattern before it applies the pattern."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the inline patterns to a tree, as the class above does."""
        signs = {self.inlinePatterns[name]: SIGNS[name] for name in SIGNS if name in self.inlinePatterns}
        self._patterns = [_sought(pattern, signs.get(pattern, ("",))) for pattern in self.inlinePatterns]
        self._plain: set[str] = set()
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Do what the private method of this name does: it is called for every text, and from within patterns."""
        if isinstance(data, AtomicString) or data in self._plain:
            return data
        found = False
        for index in range(patternIndex, len(self._patterns)):
            pattern, search, first, last = self._patterns[index]
            start = 0
            while (first in data or last in data) and search(data, start):
                found = True
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
                if not matched:
                    break
        if not found and not patternIndex and len(data) < _SHORT:
            self._plain.add(data)
        return data


def _sought(pattern: Any, signs: Sequence[str]) -> tuple[Any, Callable[[str, int], Any], str, str]:
    """Return a pattern, the search for its expression, and the signs without which there is nothing to find."""
    # A pattern of the old style must match a text as a whole, so it has to see every one.
    search = pattern.getCompiledRegExp().search if isinstance(pattern, NewStyle) else lambda text, start: True
    return pattern, search, signs[0], signs[-1]


class Inline(Extension):
    """The extension, which must come after those that bring inline patterns of their own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the interface of Python-Markdown)
        """Put ours in the place of the processors that are there."""
        for name, priority in _PRIORITIES.items():
            if name in md.treeprocessors:
                ours = _Inline(md)
                ours.inlinePatterns = md.treeprocessors[name].inlinePatterns  # type: ignore[attr-defined]
                md.treeprocessors.register(ours, name, priority)
