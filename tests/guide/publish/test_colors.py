"""The colors of the rounds, and every color of the styles that text is set in."""

import re
from pathlib import Path

import pytest
import yaml
from guide.model.types import HUE
from guide.publish import colors
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[3]
TOKENS = (ROOT / "overrides/styles/tokens.css").read_text("utf-8")
ROUNDS = {each["id"]: str(each["hue"]) for each in yaml.safe_load((ROOT / "docs/rounds/rounds.yml").read_text("utf-8"))}


def token(name: str) -> tuple[str, str]:
    """Return the light and the dark value of a color of the styles."""
    found = re.search(rf"--tl-{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", TOKENS)
    assert found, name
    return found[1], found[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colors, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


SURFACES = [token(name) for name in ("paper", "raised", "sunk")]
TEXTS = re.findall(r"--tl-(ink|muted|accent|good|warn|note|bad|code-\w+): light-dark", TOKENS)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_white_and_a_known_color_come_out_of_oklch() -> None:
    assert colors.oklch(1, 0, 0) == "#ffffff"
    # The value of CSS Color 4 for `red`.
    assert colors.oklch(0.62796, 0.25768, 29.234) == "#ff0000"


@given(st.floats(0, 360))
def test_every_hue_can_be_read_on_every_surface(hue: float) -> None:
    for scheme, color in enumerate(colors.of_round(str(hue))):
        assert all(contrast(color, surface[scheme]) >= 4.5 for surface in SURFACES)


@given(st.from_regex(HUE, fullmatch=True))
def test_every_hue_that_the_data_may_hold_has_its_colors(hue: str) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in colors.of_round(hue))


@pytest.mark.parametrize("name", TEXTS)
def test_every_color_of_text_can_be_read_on_every_surface(name: str) -> None:
    for scheme in (0, 1):
        assert all(contrast(token(name)[scheme], surface[scheme]) >= 4.5 for surface in SURFACES)


@pytest.mark.parametrize("number", range(1, 9))
def test_the_colors_of_plots_stand_out_from_the_paper(number: int) -> None:
    for scheme in (0, 1):
        assert contrast(token(f"plot-{number}")[scheme], token("paper")[scheme]) >= 4.5


def test_borders_that_mean_something_stand_out_as_well() -> None:
    for scheme in (0, 1):
        assert all(contrast(token("edge")[scheme], surface[scheme]) >= 3 for surface in SURFACES)


def test_no_two_rounds_share_a_color() -> None:
    assert len({colors.of_round(hue) for hue in ROUNDS.values()}) == len(ROUNDS) == 15


def test_the_rule_declares_and_picks_every_round() -> None:
    css = colors.css({"ml-depth": "276"})
    light, dark = colors.of_round("276")
    assert f"--tl-round-ml-depth:light-dark({light},{dark});" in css
    assert ".tl-round--ml-depth{--tl-round:var(--tl-round-ml-depth)}" in css
