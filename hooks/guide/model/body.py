"""What the text of a page holds: headings, links, fences and blocks, each with its line.

Plain dataclasses: a page has hundreds of them, and the parser is the only one to make them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guide.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with the anchor that Markdown's table of contents gives it."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image (`image`), as it is written."""

    target: str
    text: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block. `line` is that of the opening fence, `text` what stands inside, ending in a newline.

    `lead` is what each of its lines begins with: blanks, and the marks of a quotation.
    """

    lang: str
    info: str
    attrs: Mapping[str, str]
    text: str
    line: int
    end_line: int
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A typed block (`/// name | title`). `text` is all between its options and its end, inner blocks included."""

    name: str
    title: str
    options: str
    text: str
    line: int
    text_line: int
    end_line: int
    depth: int
    children: tuple[Block, ...] = ()

    def child(self, name: str) -> Block | None:
        """Return the first inner block of this name."""
        return next((block for block in self.children if block.name == name), None)

    def walk(self) -> Iterator[Block]:
        """Yield this block and all inside it, in the order of the page."""
        yield self
        for block in self.children:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a page taken apart; `text` is the page below its front matter, `line` where it begins.

    `problems` are what could not be read and what must not be written, `gaps` what a scaffold left to be written.
    """

    text: str = ""
    line: int = 1
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    fences: tuple[Fence, ...] = ()
    blocks: tuple[Block, ...] = ()
    anchors: frozenset[str] = frozenset()
    includes: tuple[tuple[str, int], ...] = ()
    listings: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()
    # What is visible, without questions and other closed parts; and its section "In short".
    reading_minutes: float = 0.0
    short_minutes: float = 0.0

    def all_blocks(self) -> Iterator[Block]:
        """Yield every block of the page, inner ones after the one that holds them."""
        for block in self.blocks:
            yield from block.walk()

    def snippets(self) -> list[tuple[Fence, Fence | None]]:
        """Return each Python fence with the output fence that follows it at once, or None."""
        pairs: list[tuple[Fence, Fence | None]] = []
        for index, fence in enumerate(self.fences):
            if fence.lang == "python":
                after = self.fences[index + 1] if index + 1 < len(self.fences) else None
                pairs.append((fence, after if after is not None and after.lang == "output" else None))
        return pairs
