"""The fonts in the repository are those that guide.publish.fonts makes, and they hold what pages need."""

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from guide.publish import fonts

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "overrides/assets/fonts"


def test_the_fonts_in_the_repository_are_the_ones_that_are_made(tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in fonts.make(ROOT / "node_modules", tmp_path)}
    assert made == {name: (FOLDER / name).read_bytes() for name in made}


@pytest.mark.parametrize("name", [cut.target for cut in fonts.CUTS])
def test_a_text_face_has_the_letters_and_signs_of_prose(name: str) -> None:
    known = TTFont(FOLDER / name).getBestCmap() or {}
    missing = [sign for sign in "aZ09.,;:!?()[]/–—“”‘’…·×±−éüçñß€" if ord(sign) not in known]
    assert [unicodedata.name(sign) for sign in missing] == []


def test_a_cut_font_does_not_bear_the_reserved_name() -> None:
    for file in [*(cut.target for cut in fonts.CUTS), *fonts.MATH_CUTS]:
        names = {str(record) for record in TTFont(FOLDER / file)["name"].names if record.nameID in (1, 3, 4, 6)}
        assert not [each for each in names if re.search("Source|Inter|STIX", each)]


def test_the_license_of_every_family_stands_beside_it() -> None:
    for name in fonts.LICENSES.values():
        assert (FOLDER / name).stat().st_size > 500


def test_the_styles_ask_for_each_part_of_the_mathematical_face_by_its_signs() -> None:
    sheet = (ROOT / "overrides/styles/fonts.css").read_text("utf-8")
    ranges = re.findall(r"(loop-math-\w+\.woff2)[^}]*unicode-range: ([^;]*);", sheet)
    asked = {name: " ".join(part.strip().removeprefix("U+") for part in listed.split(",")) for name, listed in ranges}
    assert asked == {name: signs for name, signs in fonts.MATH_CUTS.items() if name != "loop-math.woff2"}


def test_a_growing_sign_is_hardly_wider_when_it_grows() -> None:
    """Chromium reserves the room of the widest form for every one."""
    font = TTFont(FOLDER / "loop-math.woff2")
    variants, advances = font["MATH"].table.MathVariants, font["hmtx"].metrics
    forms = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    root = font.getBestCmap()[ord("√")]
    assert {advances[form.VariantGlyph][0] for form in forms[root].MathGlyphVariantRecord} == {advances[root][0]}


def test_code_points_come_from_single_ones_and_ranges() -> None:
    assert fonts.code_points("41-43 61") == [0x41, 0x42, 0x43, 0x61]
