"""What must not be published is found, in every disguise that browsers fall for; what is harmless is let through."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from guide.render import safety
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.guide.rendering import ROOT, render, tree, words

PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_the_pages_of_the_guide_are_let_through(path: Path) -> None:
    text = path.read_text("utf-8")
    found = safety.findings(render(text.split("\n---\n", 1)[-1]))
    # Diagrams and listings are put in by the build, and are text here.
    assert [each for each in found if each.fix != safety.READ] == []


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d, x<3 and 3>x",
        "[link](https://example.org/a?b=c&d=e#f) and [mail](mailto:a@b.org) and [page](../x/#y)",
        "![picture](a.svg){ width=300 loading=lazy }",
        "- [ ] open\n- [x] done",
        "Text[^1].\n\n[^1]: A note.",
        "| a | b |\n|:--|--:|\n| 1 | 2 |",
        "term\n:   definition",
        "++ctrl+c++ and `#!python x < 1`",
        "<!-- a comment with <script> inside -->",
        "# Title { #anchor .class }",
    ],
)
def test_what_markdown_emits_is_let_through(text: str) -> None:
    assert safety.findings(render(text)) == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<script>alert(1)</script>", "content may not bring a script"),
        ("<SCRIPT/x src=//evil.example>", "content may not bring a script"),
        ("<scr\tipt>", "element `scr`"),
        ("<p onclick=x>", "react to events (`onclick`)"),
        ("<p\nONCLICK = 'x'>", "react to events (`onclick`)"),
        ("<p/onclick=x>", "react to events (`onclick`)"),
        ("<p class=\"a\"onclick=x>", "react to events (`onclick`)"),
        ("<p title='>' onclick=x>", "react to events (`onclick`)"),
        ('<a href="javascript:x">', "begin with `javascript:`"),
        ('<a href="java\nscript:x">', "begin with `javascript:`"),
        ('<a href=" &#x01;JaVaScRiPt&colon;x">', "begin with `javascript:`"),
        ("<a href=jav&#97;script:x>", "begin with `javascript:`"),
        ('<a href="vbscript:x">', "begin with `vbscript:`"),
        ('<a href="data:text/html,x">', "begin with `data:`"),
        ('<img src="data:image/svg+xml,x">', "begin with `data:`"),
        ('<a href="blob:x">', "begin with `blob:`"),
        ("<iframe src=x></iframe>", "embed another page"),
        ("<form action=x>", "bring a form"),
        ("<input type=text>", "bring a form"),
        ("<button>", "bring a form"),
        ("<object data=x>", "element `object`"),
        ("<embed src=x>", "element `embed`"),
        ("<svg><script>x</script></svg>", "bring SVG"),
        ("<math><mi xlink:href=x>", "element `math`"),
        ("<style>p{}</style>", "bring styles"),
        ("<link rel=stylesheet href=x>", "load styles"),
        ("<meta http-equiv=refresh content=0>", "set page information"),
        ("<base href=//evil.example>", "move the base"),
        ("<textarea><p title='</textarea><script>'>", "element `textarea`"),
        ("<template><p></template>", "element `template`"),
        ("<noscript><p></noscript>", "element `noscript`"),
        ("<x-thing>", "element `x-thing`"),
        ('<p style="background:url(x)">', "sizes and alignment only"),
        ('<p style="background:\\75rl(x)">', "sizes and alignment only"),
        ('<p style="position: fixed">', "sizes and alignment only"),
        ('<img srcset="x">', "attribute `srcset`"),
        ('<img src="https://evil.example/x.png">', "may not come from another site"),
        ('<img src="//evil.example/x.png">', "may not come from another site"),
        ('<img src=" /\t/evil.example/x.png">', "may not come from another site"),
        ('<a ping="x">', "attribute `ping`"),
        ('<p formaction="x">', "attribute `formaction`"),
        ('<p data-md-component="search">', "belongs to the theme"),
        ('<p id="__config">', "belongs to the theme"),
        ("<?xml version='1.0'?>", "declarations"),
        ("<![CDATA[x]]>", "declarations"),
        ("<p title='", "not ended"),
        ("<p title=\"x> <b>", "not ended"),
        ("<!-- open", "not ended"),
        ("</p", "not ended"),
        ("</div>", "ends the page"),
        ("<html onload=x>", "ends the page"),
        ("<body onload=x>", "ends the page"),
        ("a\0b", "NUL"),
    ],
)  # fmt: skip
def test_what_a_browser_could_run_is_found(page: str, said: str) -> None:
    messages = [finding.message for finding in safety.findings(page)]
    assert any(said in message for message in messages), messages


def test_a_picture_as_data_is_let_through() -> None:
    assert safety.findings('<img alt="x" src="data:image/png;base64,iVBORw0KGgo=">') == []


def test_a_problem_names_the_line_of_the_source() -> None:
    source = "First.\n\nSecond <iframe src='x'> here.\n"
    (problem,) = safety.problems("<p>First.</p><p>Second <iframe src='x'></iframe> here.</p>", "docs/a.md", source)
    assert (problem.path, problem.line) == ("docs/a.md", 3)
    assert problem.fix


def test_a_problem_whose_place_is_unknown_is_on_the_first_line() -> None:
    (problem,) = safety.problems("<object></object>", "docs/a.md", "Text.\n")
    assert problem.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "# a `\nb <img src=x onerror=alert(1)> `",
        "`a\n<script>alert(1)</script>\n`",
        "<!--> <script>alert(1)</script> -->",
        "<script>\nalert(1)\n</script>",
        "$<img src=x>$",
        "> <iframe></iframe>",
        "<?php x ?>",
        "&lt;script>",
        "- <b onclick=x>a</b>\n\n    <script>x</script>",
        "| a |\n|---|\n| <img src=x onerror=x> |",
    ],
)
def test_html_is_shown_as_the_text_that_it_is(text: str) -> None:
    assert safety.findings(render(text)) == []
    assert {element.tag for element in tree(render(text)).iter()}.isdisjoint({"script", "img", "iframe", "b"})


@pytest.mark.parametrize("text", ["[a](java\tscript:alert(1))", "[a](&#x6A;avascript:x)", "[a](b.md){ onclick=x }"])
def test_what_the_checks_might_not_see_is_found_in_what_is_rendered(text: str) -> None:
    assert safety.findings(render(text))


HIDERS = [
    "`",
    "``",
    "```",
    "```\n",
    "~~~\n",
    "$",
    "$$",
    "\\",
    "<!--",
    "-->",
    "<u>",
    "<u>",
    "<u\n>",
    "</u>",
    "<https://a.b>",
]
BREAKS = ["\n", "\n\n", " ", "    ", "# ", "- ", "> ", "|", "|-|-|", "[^1]: ", "*[a]: ", ": ", "1. ", "===\n"]
PAIRS = st.sampled_from([*HIDERS, *BREAKS, "a", "*", "[", "](", ")", "{", "}", "&lt;"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PAIRS, max_size=14).map("".join))
@example("`a\nb` <u> `c`")
@example("# a `\nb <u> `")
@example("```a\n<u>")
@example("- ```\n  a\n<u>\n  ```")
@example("    a\n```\n[^]:<u>\n```")
@example("``_```<u>```")
@example("```*``<u>``")
@example("$\\``a`<u>$")
@example("$$;$<u>$")
@example("`\n```\n```\n`<u>`")
@example(" ~~~\n><u>\n ~~~")
@example("<!--`--><u>`")
@example("<http://u><u>")
def test_no_html_can_be_written(text: str) -> None:
    assert "<u" not in render(text).replace("<ul", "")


# --- The judgement against another parser of the standard ----------------------------------------------------------

MARKS = "< > </ /> = \" ' / <!-- --> --!> <! <? & ; - x CDATA[ ]]> text"
TAGS = "<p <a <img <b> </b> <p> </p> <td <details <script </script> <svg <style> <table> <select> <math> <iframe <xmp>"
SWALLOWERS = "<textarea> </textarea> <title> <plaintext>"
NAMES = "href src title onclick ONLOAD style id class javascript: https:// x:y &colon; &#106; &#x3a data:"
PIECES = st.sampled_from([*" ".join((MARKS, TAGS, SWALLOWERS, NAMES)).split(), " ", "\n", "\t", "\f"])
HARMLESS = safety._ELEMENTS | {"body", "html", "head"}


def runs(root: Element) -> list[str]:
    """Return everything in a parsed page that a browser could run or load, or that is not of content's kind."""
    bad = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in HARMLESS:
            bad.append(element.tag)
        for key, value in element.attrib.items():
            address = "".join(value.split()).strip("\x00\x01").lower() if key in ("href", "src") else ""
            if key.startswith("on") or address.startswith(("javascript:", "data:", "vbscript:")):
                bad.append(f"{key}={value}")
    return bad


@settings(max_examples=600, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=25))
def test_a_page_without_findings_holds_nothing_that_runs_and_swallows_nothing_after_it(pieces: list[str]) -> None:
    page = "".join(pieces)
    if not safety.findings(page):
        body = tree(f"<div>{page}</div><h6 id=after>The rest of the page</h6>")
        assert runs(body) == []
        assert [words(each) for each in body.iter("h6") if each.get("id") == "after"] == ["The rest of the page"]
