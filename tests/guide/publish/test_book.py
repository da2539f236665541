"""The book: what becomes of a page, where its links lead, in which order pages come, and what an EPUB holds."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from guide.publish import book_epub, book_front, book_print
from guide.publish.book import Book, BookError, listing, read
from guide.publish.book_links import Links
from guide.publish.book_page import chapter
from guide.publish.book_styles import Palette
from guide.publish.book_tree import words, xhtml
from guide.publish.place import Place
from guide.read.load import load
from selectolax.lexbor import LexborHTMLParser

from tests.guide.sitekit import SITE, make_site

ROOT = Path(__file__).resolve().parents[3]
FACES = {path.name: path.read_bytes() for path in (ROOT / "overrides/assets/fonts").iterdir()}
DAY = date(2026, 11, 30)
MATH = '<math data-tex="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>'
PLOT = (
    '<svg class="tl-plot" role="img" aria-label="A falling line" style="min-width:20rem" viewBox="0 0 9 9" width="9">'
    '<defs><path id="f1-0" d="M0 0"/><clipPath id="f1-1"><rect width="9"/></clipPath></defs>'
    '<use href="#f1-0" style="stroke:var(--tl-plot-1)"/><g clip-path="url(#f1-1)"></g></svg>'
)


@pytest.fixture(scope="module")
def palette() -> Palette:
    return Palette(ROOT)


def made(html: str, palette: Palette) -> str:
    """Return the chapter `here` that an article of the site becomes."""
    article = LexborHTMLParser(f'<article class="tl-page--chapter">{html}</article>').css_first("article")
    assert article is not None
    return xhtml(chapter(article, "here", palette))


def page(url: str, menu: str, article: str, head: str = "") -> str:
    """Return a page as the templates write it, as far as the book reads it."""
    return (
        f'<!doctype html><html><head>{head}<link rel="canonical" href="https://guide.invalid/{url}">'
        '<meta property="og:site_name" content="A Tiny Guide"><meta name="description" content="For tests. No more.">'
        f'</head><body><nav class="tl-nav"><ul>{menu}</ul></nav><article class="tl-page--chapter">{article}</article>'
        "</body></html>"
    )


def item(href: str, title: str, below: str = "") -> str:
    return f'<li><a href="{href}">{title}</a>{f"<ul>{below}</ul>" if below else ""}</li>'


def site(folder: Path, pages: Mapping[str, str]) -> Path:
    for url, html in pages.items():
        (folder / url).mkdir(parents=True, exist_ok=True)
        (folder / url / "index.html").write_text(html, encoding="utf-8")
    return folder


def tiny(folder: Path) -> Path:
    """Write a site of two sections: one with two chapters, and one whose own page is a program."""

    def menu(up: str, topics: str = "", plan: str = "") -> str:
        listed = (("", "A Tiny Guide", ""), ("topics/", "Topics", topics), ("plan/", "Plan", plan))
        sections = [item(f"{up}{href}" or "./", title, below) for href, title, below in listed]
        return "".join([*sections, item(f"{up}glossary/", "Glossary")])

    def chapters(up: str) -> str:
        return item(f"{up}topics/zeta/", "Zeta first") + item(f"{up}topics/alpha/", "Alpha second")

    question = (
        '<section class="tl-question" id="why"><h3 class="tl-question__title">Why?</h3><details class="tl-answers">'
        "<summary>Answer</summary><div><p>Because.</p></div></details></section>"
    )
    term = (
        '<p><abbr data-term="loss" title="What is minimized.">Loss</abbr> falls. <a href="../alpha/#why">Why?</a></p>'
    )
    pages = {
        "": page("", menu(""), "<h1>Home</h1>"),
        "topics": page("topics/", menu("../", chapters("../")), "<h1>Topics</h1>"),
        "topics/zeta": page(
            "topics/zeta/",
            menu("../../", chapters("../../")),
            f"<h1>Zeta first</h1>{term}<figure>{PLOT}</figure><p>{MATH}</p>",
        ),
        "topics/alpha": page("topics/alpha/", menu("../../", chapters("../../")), f"<h1>Alpha second</h1>{question}"),
        "plan": page("plan/", menu("../"), '<h1>Plan</h1><section data-island="planner"></section>'),
        "plan/light": page(
            "plan/light/",
            menu("../../", plan=item("../../plan/light/", "A light plan")),
            '<h1>A light plan</h1><p><a href="../">Make your own</a></p>',
        ),
        "glossary": page(
            "glossary/", menu("../"), '<h1>Glossary</h1><dl><dt id="loss">loss</dt><dd>What is minimized.</dd></dl>'
        ),
    }
    return site(folder, pages)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return read(ROOT, tiny(tmp_path), "abc1234", DAY, lambda done, total, name: None)


# ---- one page ------------------------------------------------------------------------------------------------


def test_what_was_closed_is_open(palette: Palette) -> None:
    text = made("<details><summary>A <b>hint</b></summary><div><p>Inside.</p></div></details>", palette)
    assert '<div><p class="b-summary">A <b>hint</b></p><div><p>Inside.</p></div></div>' in text


@pytest.mark.parametrize(
    "html",
    [
        "<script>gone</script>",
        "<button>gone</button>",
        '<div data-island="gym">gone</div>',
        '<p class="tl-needs-js">gone</p>',
        '<a class="headerlink" href="#x">gone</a>',
        "<p hidden>gone</p>",
        '<svg class="tl-diagram__phone"><text>gone</text></svg>',
    ],
)
def test_what_only_a_screen_can_do_is_taken_out_and_what_follows_stays(html: str, palette: Palette) -> None:
    text = made(f"<p>before</p>{html}after", palette)
    assert "gone" not in text
    assert "<p>before</p>after" in text


def test_a_figure_that_answers_back_is_its_static_picture(palette: Palette) -> None:
    figure = (
        '<div class="tl-explore__body" data-island="explore"><div role="img" aria-label="Two bars"><svg></svg></div>'
        '<div class="tl-explore__controls"><label>Step</label></div></div>'
    )
    text = made(figure, palette)
    assert '<div role="img" aria-label="Two bars"><svg' in text
    assert "Step" not in text


def test_formulas_stay_mathml_with_their_tex_beside_them(palette: Palette) -> None:
    assert (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>'
        in made(MATH, palette).replace(
            'alttext="x^2" xmlns="http://www.w3.org/1998/Math/MathML"',
            'xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"',
        )
    )


def test_pictures_keep_their_words_and_case_and_have_ids_and_colors_of_their_own(palette: Palette) -> None:
    text = made(PLOT, palette)
    for kept in (
        'aria-label="A falling line"',
        'viewBox="0 0 9 9"',
        '<clipPath id="here--f1-1">',
        'clip-path="url(#here--f1-1)"',
        'xlink:href="#here--f1-0"',
        'style="stroke:#1f5f8b"',
    ):
        assert kept in text
    assert "min-width" not in text


# ---- links ---------------------------------------------------------------------------------------------------

IDS = {"topics/a/": {"topics-a", "topics-a--why"}, "rounds/": {"rounds"}, "glossary/": {"glossary", "glossary--loss"}}
ADDRESS = "https://guide.invalid/base/"


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("../a/#why", "topics-a.xhtml#topics-a--why"),
        ("../a/index.html#gone", "topics-a.xhtml"),
        ("../../rounds/", "rounds.xhtml"),
        (f"{ADDRESS}topics/a/", "topics-a.xhtml"),
        ("../../plan/#plan=abc", f"{ADDRESS}plan/#plan=abc"),
        ("data.csv", f"{ADDRESS}topics/b/data.csv"),
        ("https://arxiv.invalid/abs/1", "https://arxiv.invalid/abs/1"),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_link_leads_into_the_book_else_to_the_site_else_where_it_led(href: str, leads: str) -> None:
    assert Links(IDS, ADDRESS).leads(href, "topics/b/") == leads


def test_without_an_address_that_readers_reach_the_words_of_a_link_stay_alone() -> None:
    section = ElementTree.fromstring('<section><p>Open <a href="../../plan/">the planner</a> now.</p></section>')
    Links(IDS).rewrite(section, "topics/b/")
    assert xhtml(section) == "<section><p>Open the planner now.</p></section>"


def test_a_term_leads_to_the_glossary_except_inside_of_a_link() -> None:
    text = '<section><abbr data-term="loss">Loss</abbr><a href="../a/"><abbr data-term="loss">loss</abbr></a></section>'
    section = ElementTree.fromstring(text)
    Links(IDS).rewrite(section, "topics/b/")
    assert [each.get("href") for each in section.iter("a")] == ["glossary.xhtml#glossary--loss", "topics-a.xhtml"]
    assert words(section) == "Lossloss"


# ---- styles --------------------------------------------------------------------------------------------------


def test_the_sheet_of_the_book_has_every_variable_and_scheme_worked_out(palette: Palette) -> None:
    sheet = palette.sheet("book.css", "print.css")
    assert re.findall(r"var\(--[\w-]+\)|light-dark|--x", sheet) == []
    assert ".x-line.x-1 {" in sheet
    assert ".highlight .kn {" in sheet


# ---- the whole -----------------------------------------------------------------------------------------------


def test_chapters_come_in_the_order_of_the_menu_and_programs_are_left_out(book: Book) -> None:
    assert [(depth, chapter.title) for depth, chapter in book.chapters()] == [
        (0, "Topics"),
        (1, "Zeta first"),
        (1, "Alpha second"),
        (0, "A light plan"),
        (0, "Glossary"),
    ]


def test_a_site_that_is_not_built_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="make build"):
        read(ROOT, tmp_path, "", DAY, lambda done, total, name: None)


def test_an_epub_is_whole(book: Book) -> None:
    faults_of(book_epub.epub(book, b"a picture", FACES))


def test_the_same_book_is_the_same_bytes(book: Book) -> None:
    assert book_epub.epub(book, b"a picture", FACES) == book_epub.epub(book, b"a picture", FACES)


def test_a_printed_book_is_one_page_whose_links_and_levels_hold(book: Book) -> None:
    text = "".join(book_print.pages(book, "fonts", "letter", {"topics-zeta": 17}))
    root = ElementTree.fromstring(re.sub(r"<style>.*?</style>", "", text, flags=re.S))
    ids = [each.get("id", "") for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    within = [href[1:] for each in root.iter() if (href := each.get("href", "")).startswith("#")]
    assert "topics-alpha--why" in within
    assert set(within) <= set(ids)
    assert '<span class="b-number">17</span>' in text
    assert re.search(r"<h2[^>]*>Zeta first</h2>", text)
    assert '@page p-topics-zeta { @top-left { content: "Topics" } @top-right { content: "Zeta first" } }' in text
    assert "size: 8.5in 11in" in text


def test_the_title_page_says_edition_and_day(book: Book) -> None:
    assert "As of 30 November 2026, version abc1234" in words(book_front.title_page(book))


def test_the_book_is_offered_with_its_size_where_it_was_made(tmp_path: Path) -> None:
    root = make_site(tmp_path, SITE)
    place = Place(load(root)[0], root, "practice/deck.md")
    assert "make book" in listing(place)
    assert "](" not in listing(place)
    (root / "dist").mkdir()
    (root / "dist/the-training-loop.epub").write_bytes(bytes(4_210_000))
    assert listing(place) == "**The whole guide as a book:** [EPUB, 4.2 MB](../book/the-training-loop.epub)."


# ---- helpers -------------------------------------------------------------------------------------------------


def faults_of(epub: bytes) -> None:
    """Find what EPUBCheck would refuse: every file listed, well-formed, its ids unique, its links leading somewhere."""
    archive = zipfile.ZipFile(io.BytesIO(epub))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    names = set(archive.namelist()) - {"mimetype", "META-INF/container.xml", "book/package.opf"}
    package = ElementTree.fromstring(archive.read("book/package.opf"))
    items = {each.get("id"): each for each in package.iter("{http://www.idpf.org/2007/opf}item")}
    listed = {f"book/{each.get('href')}" for each in items.values()}
    assert listed == names
    spine = [each.get("idref") for each in package.iter("{http://www.idpf.org/2007/opf}itemref")]
    assert set(spine) <= items.keys()
    pages = {
        f"book/{items[each].get('href')}": ElementTree.fromstring(archive.read(f"book/{items[each].get('href')}"))
        for each in spine
    }
    ids = {name: ids_of(root) for name, root in pages.items()}
    for name, root in pages.items():
        properties = (
            next(each for each in items.values() if f"book/{each.get('href')}" == name).get("properties", "").split()
        )
        tags = {each.tag for each in root.iter()}
        assert ("mathml" in properties) == ("{http://www.w3.org/1998/Math/MathML}math" in tags), name
        assert ("svg" in properties) == ("{http://www.w3.org/2000/svg}svg" in tags), name
        assert not {tag.rpartition("}")[2] for tag in tags} & {"script", "button", "input", "details", "iframe"}, name
        for each in root.iter():
            for attribute in ("href", "src", "{http://www.w3.org/1999/xlink}href"):
                if (to := each.get(attribute)) and not re.match(r"https?:|mailto:", to):
                    leads_somewhere(name, to, names, ids)
                elif to:
                    # A link may lead out of the book; nothing in it may come from there.
                    assert each.tag.endswith("}a"), f"{name}: {to}"


def ids_of(root: Element) -> set[str]:
    found = [each.get("id", "") for each in root.iter() if "id" in each.attrib]
    assert len(found) == len(set(found))
    return set(found)


def leads_somewhere(name: str, to: str, names: set[str], ids: Mapping[str, set[str]]) -> None:
    path, place = urldefrag(to)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    assert file in names, f"{name}: {to}"
    assert not place or unquote(place) in ids[file], f"{name}: {to}"
