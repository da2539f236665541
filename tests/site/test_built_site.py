"""The site as built: every internal link and anchor leads somewhere, the HTML is sane, nothing foreign is asked for.

The site is `tests.builtsite.SITE`.
"""

import hashlib
import html
import json
import posixpath
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import html5lib
import pytest
from guide.model.catalogue import Page
from guide.publish import keeping
from guide.read.load import load
from guide.render import drawing

from tests.builtsite import SITE, base

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(SITE.rglob("*.html"))
CHAPTERS = sorted(path for path in (ROOT / "docs/topics").glob("*/*.md") if path.stem != "index")
NAMES = [page.relative_to(SITE).as_posix() for page in PAGES]

LOADS = [
    r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)=\"([^\"]+)\"",
    r"<link\b(?=[^>]*rel=\"(?:stylesheet|preload|modulepreload|icon|preconnect)\")[^>]*href=\"([^\"]+)\"",
]


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_the_site_was_built() -> None:
    assert (SITE / "index.html").exists(), "run `make build` first"


def test_every_internal_link_and_anchor_leads_somewhere(tmp_path: Path) -> None:
    lychee = Path(sys.executable).with_name("lychee")
    # The page for wrong addresses names the path below which the site is published, which the root has to have, too.
    place = tmp_path / base().strip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    if place != tmp_path:
        place.symlink_to(SITE.resolve())
    root = tmp_path if place != tmp_path else SITE
    # What follows #plan= and the like are settings of a page and no place on it.
    settings = [f"--exclude=#{name}=" for name in ("plan", "page", "case", "interviewer")]
    options = ["--offline", "--no-progress", "--include-fragments", *settings, "--index-files=index.html"]
    command = [str(lychee), *options, f"--root-dir={root}", f"{SITE}/**/*.html"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_id_twice(name: str) -> None:
    ids = Counter(re.findall(r'\sid="([^"]+)"', text_of(SITE / name)))
    assert [id_ for id_, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_a_column_is_no_formula_alone(name: str) -> None:
    # A formula has no words for who hears the table.
    heads = re.findall(r"<th\b[^>]*>(.*?)</th>", text_of(SITE / name), re.DOTALL)
    bare = [re.sub(r"<math.*?</math>|<[^>]+>", "", head, flags=re.DOTALL).strip() for head in heads]
    assert "" not in bare


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_headed_by_its_title(name: str) -> None:
    text = text_of(SITE / name)
    headings = re.findall(r"<h1\b[^>]*>(.*?)</h1>", text, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    if title is None or 'http-equiv="refresh"' in text:
        pytest.skip("leads on to another page")
    assert len(headings) == 1
    if name not in ("index.html", "404.html"):
        heading = re.sub(r"<[^>]*>|\s+", " ", headings[0]).strip()
        assert html.unescape(title[1]).startswith(html.unescape(heading))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_html_that_browsers_need_not_repair(name: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text_of(SITE / name))
    # html5lib predates some of HTML: what it does not know is not an error.
    known_noise = {"non-void-element-with-trailing-solidus", "unknown-doctype"}
    assert [error for error in parser.errors if error[1] not in known_noise][:5] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_from_elsewhere(name: str) -> None:
    loads = [url for pattern in LOADS for url in re.findall(pattern, text_of(SITE / name))]
    assert [url for url in loads if re.match(r"(?:https?:)?//", url)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_was_to_be_drawn_at_build_is_left(name: str) -> None:
    page = text_of(SITE / name)
    assert 'class="arithmatex"' not in page
    assert "data-diagram=" not in page
    assert "data-waiting=" not in page
    assert "data-explore=" not in page
    assert "[[listing" not in page


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_checks_know_the_formulas_that_the_site_shows(path: Path) -> None:
    page = text_of(SITE / path.relative_to(ROOT / "docs").with_suffix("") / "index.html")
    shown = {html.unescape(tex).strip() for tex in re.findall(r'<math[^>]* data-tex="([^"]*)"', page)}
    assert shown == {formula.source for formula in drawing.found_in(path, ROOT).formulas}


def test_style_sheets_ask_for_nothing_foreign() -> None:
    foreign = [
        (sheet.name, url)
        for sheet in SITE.rglob("*.css")
        for url in re.findall(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')]+)", sheet.read_text(encoding="utf-8"))
    ]
    assert foreign == []


def test_every_output_on_the_site_was_compared_with_what_its_code_prints() -> None:
    catalogue, _ = load(ROOT, ROOT / ".cache")
    fragments = {fragment.src: fragment for fragment in catalogue.fragments}

    def compared(page: Page) -> int:
        own = sum(output is not None for _, output in page.body.snippets())
        return own + sum(compared(fragments[posixpath.normpath(path)]) for path, _ in page.body.includes)

    pages = [page for page in catalogue.pages if page.path.endswith(".md")]
    expected = {page.url: compared(page) for page in pages}
    shown = {page.url: text_of(SITE / page.url / "index.html").count('class="tl-output ') for page in pages if page.url}
    assert sum(shown.values()) > 0
    assert shown == {url: count for url, count in expected.items() if url}


def test_what_can_be_kept_is_what_is_published() -> None:
    """Nothing was written after the lists were made."""
    listed = json.loads((SITE / keeping.FILES).read_text("utf-8"))
    for file in [*listed["guide"], *listed["python"]]:
        data = (SITE / file["url"]).read_bytes()
        assert hashlib.sha256(data).hexdigest().startswith(file["print"]), file["url"]
    pages = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html")}
    assert pages <= {file["url"] for file in listed["guide"]}


@pytest.mark.parametrize("name", [name for name in NAMES if re.match(r"system-design/cases/[^/]+/index\.html", name)])
def test_a_case_is_not_said_to_be_asked_nearly_always(name: str) -> None:
    # A design round gives one case.
    facts = re.search(r'<dl class="tl-facts">(.*?)</dl>', text_of(SITE / name), re.DOTALL)
    assert facts is not None
    assert "nearly always" not in facts[1]
    assert re.search(r"<dt>As a prompt</dt><dd>(standard|frequent|rare) ", facts[1])


def test_cases_stand_in_the_menu_in_the_order_of_their_titles() -> None:
    text = text_of(SITE / "system-design/cases/index.html")
    here = text[text.index('class="tl-nav__sections"') :].split("</nav>")[0]
    titles = [html.unescape(title).casefold() for title in re.findall(r'<li><a href="[\w-]+/">(.*?)</a></li>', here)]
    assert len(titles) > 10
    assert titles == sorted(titles)
