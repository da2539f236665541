"""The fonts that the site serves: cut down once, kept in the repository.

They are made again with `python -m guide.publish.fonts`.

A formula-heavy chapter may load 100 KB of fonts, and the packages' own files would take 190. So the text faces are
instances of the variable fonts over the weights that the styles use, with the characters of Western prose and no
hinting (which screens of today ignore). The mathematical face has the signs that guide.render.mathematics names, in
four files, of which most pages need the first alone. Cutting takes seconds of processor time and its result changes
with a package upgrade only, hence it is not part of the build.

The license of the faces (SIL Open Font License) reserves their names, so the cut versions carry other ones;
copyright and license stay in the files, and the licenses stand beside them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from guide.render.mathematics import BOLD, FACE, RARE, SIGNS, code_points

# Basic Latin, the letters of Western European names, and the punctuation and signs of the guide's prose.
WESTERN = (
    "20-7E A0 A3 A7 A9 AB AD B0-B3 B7 BB-BD D7 F7 C4-C5 C7 C9 D6 D8 DC DF-E5 E7-EF F1-F6 F8-FC "
    "131 2013 2014 2018 2019 201C 201D 2022 2026 2032 2033 20AC 2191 2193 2212"
)


# Packages of node_modules.
SERIF: Final = "@fontsource-variable/source-serif-4"
SANS: Final = "@fontsource-variable/inter"
MATH: Final = "@fontsource/stix-two-math"


@dataclass(frozen=True)
class Cut:
    """How to make one text face from a variable font: below its package, the file; its new name; what stays in it."""

    package: str
    source: str
    target: str
    family: str
    weights: tuple[int, int]
    features: Sequence[str] = ("kern", "liga", "ccmp", "locl")


CUTS = (
    Cut(SERIF, "source-serif-4-latin-wght-normal.woff2", "loop-serif.woff2", "Loop Serif", (400, 650)),
    Cut(SERIF, "source-serif-4-latin-wght-italic.woff2", "loop-serif-italic.woff2", "Loop Serif", (400, 400)),
    Cut(SANS, "inter-latin-wght-normal.woff2", "loop-sans.woff2", "Loop Sans", (450, 600), ("kern", "ccmp", "tnum")),
)
MATH_CUTS = {
    "loop-math.woff2": FACE,
    "loop-math-signs.woff2": SIGNS,
    "loop-math-bold.woff2": BOLD,
    "loop-math-rare.woff2": RARE,
}
# Signs that grow with what they enclose, and how much wider than the smallest the larger ones may be.
GROWING = {"√": 1.0, **dict.fromkeys("()[]{}⌊⌋⌈⌉⟨⟩", 1.35)}
LICENSES = {SERIF: "loop-serif-license.txt", SANS: "loop-sans-license.txt", MATH: "loop-math-license.txt"}


def make(modules: Path, target: Path) -> list[Path]:
    """Cut every font found below `modules` into the folder `target`; return the files written."""
    target.mkdir(parents=True, exist_ok=True)
    written = [cut(modules / spec.package / "files" / spec.source, target / spec.target, spec) for spec in CUTS]
    source = modules / MATH / "files/stix-two-math-latin-400-normal.woff2"
    written += [cut_math(source, target / name, signs) for name, signs in MATH_CUTS.items()]
    for package, name in LICENSES.items():
        shutil.copyfile(modules / package / "LICENSE", target / name)
    return written


def cut(source: Path, target: Path, spec: Cut) -> Path:
    """Write one text face."""
    # The time of cutting must not enter the file, or the same input would give another one.
    font = _subset(TTFont(source, recalcTimestamp=False), WESTERN, spec.features)
    low, high = spec.weights
    font = instancer.instantiateVariableFont(font, {"wght": low if low == high else (low, high)})
    return _save(font, spec.family, target)


def cut_math(source: Path, target: Path, signs: str) -> Path:
    """Write a part of the mathematical face."""
    font = TTFont(source, recalcTimestamp=False)
    _narrow(font)
    _enlarge_prime(font)
    return _save(_subset(font, signs, ["ccmp"]), "Loop Math", target)


def widths(font: Path) -> dict[str, float]:
    """Return how wide each letter of a font is, in sizes of the type; diagrams are laid out by these."""
    face = TTFont(font)
    unit, advances = face["head"].unitsPerEm, face["hmtx"].metrics
    return {chr(code): round(advances[name][0] / unit, 3) for code, name in sorted(face.getBestCmap().items())}


# ---- helpers -------------------------------------------------------------------------------------------------


def _narrow(font: TTFont) -> None:
    """Make the larger forms of growing signs hardly wider than the smallest.

    Chromium reserves the room of the widest form for every one, so that a gap would follow each square root.
    """
    variants, advances = font["MATH"].table.MathVariants, font["hmtx"].metrics
    forms = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    for sign, most in GROWING.items():
        name = font.getBestCmap()[ord(sign)]
        widest = round(advances[name][0] * most)
        parts = forms[name].GlyphAssembly.PartRecords if forms[name].GlyphAssembly else ()
        names = [*(form.VariantGlyph for form in forms[name].MathGlyphVariantRecord), *(part.glyph for part in parts)]
        for each in dict.fromkeys(names):
            advance, bearing = advances[each]
            if advance > widest:
                _scale(font, each, widest / advance, 1)
                advances[each] = (widest, round(bearing * widest / advance))


def _enlarge_prime(font: TTFont) -> None:
    """Draw the prime for the place of an exponent, where it always stands, as high and large as TeX has it."""
    constants = font["MATH"].table.MathConstants
    scale = 100 / constants.ScriptPercentScaleDown
    name = font.getBestCmap()[0x2032]
    _scale(font, name, scale, scale, lower=round(constants.SuperscriptShiftUp.Value * scale))
    advance, bearing = font["hmtx"].metrics[name]
    font["hmtx"].metrics[name] = (round(advance * scale), round(bearing * scale))


def _scale(font: TTFont, name: str, across: float, up: float, lower: int = 0) -> None:
    glyph = font["glyf"][name]
    glyph.coordinates.scale((across, up))
    glyph.coordinates.translate((0, -lower))
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])


def _subset(font: TTFont, signs: str, features: Sequence[str]) -> TTFont:
    """Leave of a font what some signs need."""
    names = [0, 1, 2, 3, 4, 5, 6, 14]
    options = subset.Options(hinting=False, layout_features=list(features), notdef_outline=True, name_IDs=names)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points(signs))
    subsetter.subset(font)
    return font


def _save(font: TTFont, family: str, target: Path) -> Path:
    """Write a cut font under a name of its own: the originals' names are reserved for the originals."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID in (3, 6):
            record.string = family.replace(" ", "")
    font.flavor = "woff2"
    font.save(target)
    return target


if __name__ == "__main__":
    root = Path(__file__).parents[3]
    for path in make(root / "node_modules", root / "overrides/assets/fonts"):
        print(f"{path.relative_to(root)}: {path.stat().st_size:,} bytes")
    table = json.dumps(widths(root / "overrides/assets/fonts/loop-sans.woff2"), ensure_ascii=False, indent=0)
    (root / "hooks/guide/render/widths.json").write_text(table + "\n", "utf-8")
