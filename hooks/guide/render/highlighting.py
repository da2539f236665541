"""Highlighted code: Pygments, with a mark only around what has a color.

Pygments puts an element around every name, sign and space. Half of them have no color of their own in ours, and they
were two fifths of the elements of a chapter. Whoever renders code imports this module; the change is to Pygments' own
table, which pymdown-extensions and nbconvert read alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from pygments.token import STANDARD_TYPES

# The classes that overrides/styles/code.css gives a color or a face; a test compares them.
_COLORED: Final = """
    c c1 ch cm cpf cs  k kc kd kn kp kr ow  s s1 s2 sa sb sc sd dl sh sx sr ss se si  m mb mf mh mi mo il kt
    nf fm nd  nc ne nn bp nb  gd err  gi  gh
"""
COLORED: Final = frozenset(_COLORED.split())


def leave_plain() -> None:
    """Let Pygments mark nothing that has no color. Doing it again changes nothing."""
    STANDARD_TYPES.update({token: "" for token, name in STANDARD_TYPES.items() if name not in COLORED})


def highlighted(source: str, language: str = "python") -> str:
    """Return code as the fences of pages show it: the same highlighter, the same markup."""
    leave_plain()
    highlight: Any = import_module("pymdownx.highlight")  # Not typed.
    highlighter = highlight.Highlight(None, pygments_lang_class=True)
    shown: str = highlighter.highlight(source, language, "highlight")
    return shown
