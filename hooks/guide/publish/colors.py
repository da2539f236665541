"""The colors of the rounds, computed from the hue that each has in docs/rounds/rounds.yml.

A hue alone is not a color: in oklch, a fixed lightness and chroma make fifteen colors of equal weight, light enough
on dark paper and dark enough on light paper to be read as text. They are turned into sRGB here, once, so that every
browser (and the contrast checker) sees plain hexadecimal colors, and so that a test can compute their contrast.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

# Lightness and chroma for each scheme. The chroma is lowered for hues that sRGB cannot show at that strength.
LIGHT = (0.475, 0.115)
DARK = (0.785, 0.105)


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the sRGB color `#rrggbb` of an oklch color, with as much of its chroma as sRGB can show."""
    while True:
        channels = _linear_srgb(lightness, chroma, hue)
        if chroma <= 0 or all(-1e-4 <= channel <= 1 + 1e-4 for channel in channels):
            return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in channels)
        chroma -= 0.002


def of_round(hue: str) -> tuple[str, str]:
    """Return the colors of a round for the light and the dark scheme; `hue` is its angle in degrees."""
    angle = float(hue)
    return oklch(*LIGHT, angle), oklch(*DARK, angle)


def css(hues: Mapping[str, str]) -> str:
    """Return the rule that declares `--tl-round-<id>` for every round, and the classes that pick one of them.

    An element of class `tl-round--<id>` has the color of that round as `--tl-round`.
    """
    colors = {name: of_round(hue) for name, hue in hues.items()}
    declared = "".join(f"--tl-round-{name}:light-dark({light},{dark});" for name, (light, dark) in colors.items())
    chosen = "".join(f".tl-round--{name}{{--tl-round:var(--tl-round-{name})}}" for name in colors)
    return f"[data-md-color-scheme]{{{declared}}}{chosen}\n"


# ---- helpers -------------------------------------------------------------------------------------------------


def _linear_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Convert oklch to linear sRGB (B. Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
