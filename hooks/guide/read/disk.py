"""The files of the guide, and how they are read as text: the only module that walks the disk.

A wrong encoding, a file of many megabytes or a loop of symbolic links is one Problem and not a traceback.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guide.model.allocation import Allocation
from guide.model.catalogue import Asset, GlossaryTerm, Origin, Page, QuestionBank, Resource, RoundFacts
from guide.model.choice import Choice
from guide.model.posting import PostingRule
from guide.model.problems import Problem

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
# What a phone fetches in a second and a half at 1.6 Mbit/s.
PICTURE_LIMIT: Final = 300_000
# A long chapter has about 60 KB. Several times that is a mistake (a dump, an image as text), and slow for everybody.
LIMITS: Final[Mapping[str, int]] = {
    ".md": 400_000,
    ".ipynb": 1_000_000,
    ".svg": 400_000,
    ".py": 200_000,
    ".yml": 400_000,
}
MAX_DEPTH: Final = 12
# Signs that are not seen. Those of the last two ranges turn the direction of text, so that it shows other than it is.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_NAME = re.compile(r"^[A-Za-z0-9_.@-]+$")
PAGE_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(slots=True)
class Loading:
    """What was found so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    fragments: list[Page] = field(default_factory=list)
    rounds: list[RoundFacts] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    glossary: list[GlossaryTerm] = field(default_factory=list)
    banks: list[QuestionBank] = field(default_factory=list)
    postings: list[PostingRule] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    allocation: Allocation | None = None
    assets: list[Asset] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    origins: dict[str, Origin] = field(default_factory=dict)

    def problem(self, path: str, line: int, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path, line, message, fix))


def src_of(path: str) -> str:
    """Return a path as MkDocs sees it: relative to docs/, with the notebooks beside the other sections."""
    return path.removeprefix("docs/")


def walk(loading: Loading, top: str, depth: int = 0) -> Iterator[str]:
    """Yield the regular files below a folder, sorted; links are refused, so there are no loops and no way out."""
    try:
        with os.scandir(loading.root / top) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        loading.problem(_shown(top), 1, f"this folder cannot be read ({error.strerror})", "Check its permissions")
        return
    for entry in entries:
        name = entry.name
        path = f"{top}/{name}"
        if (name.startswith(".") and name != ".nav.yml") or name == "__pycache__":
            continue
        shown = _shown(path)
        if entry.is_symlink():
            loading.problem(shown, 1, "this is a symbolic link", "Put the file itself here; links are not followed")
        elif entry.is_dir(follow_symlinks=False):
            if os.path.splitext(name)[1] in LIMITS:
                loading.problem(shown, 1, "this is a folder with the name of a file", "Rename the folder")
            elif depth >= MAX_DEPTH:
                loading.problem(shown, 1, "the folders are nested too deeply", "Move the files further up")
            else:
                yield from walk(loading, path, depth + 1)
        elif not entry.is_file(follow_symlinks=False):
            loading.problem(shown, 1, "this is not a regular file", "Delete it")
        elif not _NAME.match(name):
            stem, ending = os.path.splitext(shown.rpartition("/")[2])
            fix = f"Rename the file: `{kebab(stem)}{ending.lower()}`" if kebab(stem) else "Rename the file"
            loading.problem(shown, 1, "this file name cannot be part of an address", fix)
        else:
            yield path


def kebab(name: str) -> str:
    """Return a name as it may stand in an address, or nothing when no letter of it can."""
    plain_letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.lower()).strip("-")


def _shown(path: str) -> str:
    """Return a path that can be printed, whatever bytes are in it."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", text)


def weigh_picture(loading: Loading, path: str) -> None:
    """Refuse a picture that is too heavy for a phone; nothing of it is read."""
    try:
        size = (loading.root / path).stat().st_size
    except OSError as error:
        loading.problem(path, 1, f"the file cannot be read ({error.strerror})", "Check its permissions")
        return
    if size > PICTURE_LIMIT:
        said = f"the picture is {size // 1000:,} KB, more than {PICTURE_LIMIT // 1000:,} KB"
        loading.problem(path, 1, said, "Make it smaller, as WebP, or draw it with a ```figure fence")


def read_text(loading: Loading, path: str) -> str | None:
    """Read a text file, or say why not. Line ends are made plain and a byte-order mark is dropped."""
    full = loading.root / path
    limit = LIMITS.get(os.path.splitext(path)[1], 400_000)
    try:
        size = full.stat().st_size
        if size > limit:
            said = f"the file is {size // 1000:,} KB, more than {limit // 1000:,} KB"
            loading.problem(path, 1, said, "Split it, or keep data and images out of it")
            return None
        data = full.read_bytes()
    except OSError as error:
        loading.problem(path, 1, f"the file cannot be read ({error.strerror})", "Check its permissions")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        said = f"this is not UTF-8 text{' but UTF-16' if wide else f' (byte 0x{data[error.start]:02x})'}"
        loading.problem(path, line, said, "Save the file in the encoding UTF-8")
        if wide:
            return None
        text = data.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is not None:
        said = f"there is a control character (0x{ord(control[0]):02x})"
        loading.problem(path, text.count("\n", 0, control.start()) + 1, said, "Delete it and type the text again")
        text = _CONTROL.sub(" ", text)
    return text


def offset(text: str, line: int) -> int:
    """Return where a line begins; the end of the text where it has fewer lines."""
    return min(len(text), sum(len(each) + 1 for each in text.split("\n")[: line - 1]))
