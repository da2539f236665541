"""The fonts that the site serves: cut down once, kept in the repository.

They are made again with `python -m guide.publish.fonts`.

A formula-heavy chapter may load 100 KB of fonts, and the packages' own files would take 190. So the text faces are
instances of the variable fonts over the weights that the styles use, with the characters of Western prose and no
hinting (which screens of today ignore), and KaTeX's faces lose their hinting as well. Cutting takes seconds of
processor time and its result changes with a package upgrade only, hence it is not part of the build.

The license of the text faces (SIL Open Font License) reserves their names, so the cut versions carry other ones;
copyright and license stay in the files, and the licenses stand beside them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Basic Latin, the letters of Western European names, and the punctuation and signs of the guide's prose.
WESTERN = (
    "20-7E A0 A3 A7 A9 AB AD B0-B3 B7 BB-BD D7 F7 C4-C5 C7 C9 D6 D8 DC DF-E5 E7-EF F1-F6 F8-FC "
    "131 2013 2014 2018 2019 201C 201D 2022 2026 2032 2033 20AC 2191 2193 2212"
)


@dataclass(frozen=True)
class Cut:
    """How to make one text face from a variable font of node_modules."""

    source: str
    target: str
    family: str
    weights: tuple[int, int]
    features: Sequence[str] = ("kern", "liga", "ccmp", "locl")


CUTS = (
    Cut(
        "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
        "loop-serif.woff2",
        "Loop Serif",
        (400, 650),
    ),
    Cut(
        "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
        "loop-serif-italic.woff2",
        "Loop Serif",
        (400, 400),
    ),
    Cut(
        "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
        "loop-sans.woff2",
        "Loop Sans",
        (450, 600),
        ("kern", "ccmp", "tnum"),
    ),
)
LICENSES = {
    "@fontsource-variable/source-serif-4/LICENSE": "loop-serif-license.txt",
    "@fontsource-variable/inter/LICENSE": "loop-sans-license.txt",
    "katex/LICENSE": "katex-license.txt",
}


def code_points(ranges: str) -> list[int]:
    """Return the code points of a list such as `20-7E A0`."""
    found: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def make(modules: Path, target: Path) -> list[Path]:
    """Cut every font found below `modules` into the folder `target`; return the files written."""
    target.mkdir(parents=True, exist_ok=True)
    written = [cut(modules / spec.source, target / spec.target, spec) for spec in CUTS]
    for source in sorted((modules / "katex/dist/fonts").glob("*.woff2")):
        written.append(strip(source, target / _katex_name(source.name)))
    for source_name, name in LICENSES.items():
        shutil.copyfile(modules / source_name, target / name)
    return written


def cut(source: Path, target: Path, spec: Cut) -> Path:
    """Write one text face."""
    from fontTools.varLib import instancer

    font = _subset(source, code_points(WESTERN), spec.features)
    low, high = spec.weights
    font = instancer.instantiateVariableFont(font, {"wght": low if low == high else (low, high)})
    _rename(font, spec.family)
    return _save(font, target)


def strip(source: Path, target: Path) -> Path:
    """Write a font with all its characters and without its hinting."""
    from fontTools.ttLib import TTFont

    return _save(_subset(source, TTFont(source).getBestCmap().keys(), ["*"]), target)


def widths(font: Path) -> dict[str, float]:
    """Return how wide each letter of a font is, in sizes of the type; diagrams are laid out by these."""
    from fontTools.ttLib import TTFont

    face = TTFont(font)
    unit, advances = face["head"].unitsPerEm, face["hmtx"].metrics
    return {chr(code): round(advances[name][0] / unit, 3) for code, name in sorted(face.getBestCmap().items())}


# ---- helpers -------------------------------------------------------------------------------------------------


def _katex_name(name: str) -> str:
    return re.sub(r"_", "-", name).lower()


def _subset(source: Path, unicodes: Iterable[int], features: Sequence[str]) -> TTFont:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # The time of cutting must not enter the file, or the same input would give another one.
    font = TTFont(source, recalcTimestamp=False)
    options: Any = subset.Options()
    options.hinting = False
    options.layout_features = list(features)
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(unicodes))
    subsetter.subset(font)
    return font


def _rename(font: TTFont, family: str) -> None:
    """Give a cut font a name of its own: the originals' names are reserved for the originals."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID in (3, 6):
            record.string = family.replace(" ", "")


def _save(font: TTFont, target: Path) -> Path:
    font.flavor = "woff2"
    font.save(target)
    return target


if __name__ == "__main__":
    root = Path(__file__).parents[3]
    for path in make(root / "node_modules", root / "overrides/assets/fonts"):
        print(f"{path.relative_to(root)}: {path.stat().st_size:,} bytes")
    table = json.dumps(widths(root / "overrides/assets/fonts/loop-sans.woff2"), ensure_ascii=False, indent=0)
    (root / "hooks/guide/render/widths.json").write_text(table + "\n", "utf-8")
