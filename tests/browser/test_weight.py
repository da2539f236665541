"""What a reader pays for a page: bytes, and requests to anybody else."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from guide.read.explore import names

from tests.browser.conftest import KINDS, Heard, Opener, Served, ready
from tests.builtsite import SITE

NAMES = [path.relative_to(SITE).as_posix() for path in sorted(SITE.rglob("index.html"))]


@cache
def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def parts(name: str) -> list[Path]:
    """Return the styles and scripts that a page names."""
    page = (SITE / name).read_text("utf-8")
    named = re.findall(r'<(?:script|link)\b[^>]*?(?:src|href)="([^"?]+\.(?:js|css))\?', page)
    return [(SITE / name).parent / each for each in named]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_with_its_styles_and_scripts_is_light(name: str) -> None:
    shared = sum(gzipped(part.resolve()) for part in parts(name))
    assert shared <= 75_000
    # The list of all questions is as long as the guide has questions; each may weigh so much there, address and all.
    asked = (SITE / name).read_text("utf-8").count('class="tl-kind"') if name == "practice/questions/index.html" else 0
    assert shared + gzipped(SITE / name) <= max(140_000, 40_000 + 70 * asked)


def loaded(script: Path) -> set[Path]:
    """Return a script with all that its imports bring along."""
    found = {script.resolve()}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        named = re.findall(r'(?:from|import)\s*"(\.[^"]+\.js)"', here.read_text("utf-8"))
        fresh = {(here.parent / name).resolve() for name in named} - found
        found |= fresh
        waiting += fresh
    return found


@pytest.mark.parametrize("name", names())
def test_a_figure_that_answers_back_is_light_with_all_that_it_loads(name: str) -> None:
    chunks = SITE / "assets/chunks"
    (frame,) = chunks.glob("explore-????????.js")
    (own,) = chunks.glob(f"{name}-????????.js")
    fetched = (loaded(frame) | loaded(own)) - loaded(SITE / "assets/app.js")
    assert sum(gzipped(part) for part in fetched) <= 12_000


def test_nothing_of_the_theme_is_published_that_no_page_asks_for() -> None:
    asked = {part.resolve() for name in NAMES for part in parts(name)}
    # A worker is named by the element that starts it.
    asked |= {
        SITE / name
        for name in re.findall(r'data-worker="\.\./([^"?]+)\?', (SITE / "plan/index.html").read_text("utf-8"))
    }
    scripts = {path.resolve() for path in (SITE / "assets").glob("*") if path.suffix in (".js", ".css")}
    assert {path.name for path in scripts - asked} == set()
    assert not list(SITE.rglob("*.map"))
    assert not list(SITE.rglob("lunr*"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404"])
def test_a_page_opens_without_a_fault_and_asks_nobody_else(
    kind: str, visit: Opener, site: Served, heard: Heard
) -> None:
    """No refused script or style, no error, no missing file, no request to another address."""
    page = ready(visit(site.of(kind)))
    page.wait_for_load_state("networkidle")
    assert heard.errors == []
    assert heard.missing == []
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []


def test_the_fonts_of_a_chapter_full_of_formulas_stay_under_their_limit(visit: Opener, heard: Heard) -> None:
    chapters = [name for name in NAMES if name.startswith("topics/")]
    fullest = max(chapters, key=lambda name: (SITE / name).read_text("utf-8").count("<math"))
    page = ready(visit(fullest.removesuffix("index.html")))
    page.evaluate("document.fonts.ready")
    fonts = {url.rsplit("/", 1)[1] for url in heard.requests if url.endswith(".woff2")}
    assert sum((SITE / "assets/fonts" / font).stat().st_size for font in fonts) <= 105_000, fonts
