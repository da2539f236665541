"""Cards: what of a page they hold, and that nothing on them is more than text to a browser and to Anki."""

from __future__ import annotations

import re

import pytest
from guide.publish import deck_cards, deck_package
from guide.publish.deck_cards import cards_of
from guide.render.safety import findings

from tests.guide.rendering import render
from tests.guide.sitekit import question

SITE_URL = "https://example.org/guide/"


def fields_of(text: str, title: str = "What is it?") -> dict[str, str]:
    """Return the fields of a question whose full answer is this text."""
    block = question("it").replace("What is it?", title).replace("A full answer to it.", text)
    return cards_of(render(block), f"{SITE_URL}topics/statistics/tests/")["it"]


def test_formulas_stay_tex_between_the_marks_of_mathjax_and_are_escaped() -> None:
    full = fields_of("If $a<b$ & so on:\n\n$$\n\\sum_i x_i\n$$")["Full"]
    assert r"\(a&lt;b\)" in full
    assert '<div class="tl-math">\\[\n\\sum_i x_i\n\\]</div>' in full


def test_code_keeps_its_colors_and_loses_what_only_a_page_needs() -> None:
    full = fields_of("```python\nprint('<b>', 1)\n```")["Full"]
    assert '<span class="nb">print</span>' in full
    assert '<span class="mi">1</span>' in full
    assert "&lt;b&gt;" in full
    assert "tabindex" not in full
    assert 'class="n"' not in full


def test_links_lead_to_the_site() -> None:
    full = fields_of("[Here](#below), [there](../other/), [elsewhere](https://example.com/a?b=1).")["Full"]
    assert re.findall(r'href="([^"]*)"', full) == [
        f"{SITE_URL}topics/statistics/tests/#below",
        f"{SITE_URL}topics/statistics/other/",
        "https://example.com/a?b=1",
    ]


def test_a_picture_of_a_page_is_behind_a_link() -> None:
    full = fields_of("![A plot](plot.png)")["Full"]
    assert "<img" not in full
    assert ">A plot</a>" in full


def test_the_code_that_a_question_is_about_stands_on_the_front() -> None:
    block = question("it").replace("\n/// short", "\n```python\nx = 1\n```\n\n/// short", 1)
    fields = cards_of(render(block), SITE_URL)["it"]
    assert "<pre>" in fields["Shown"]
    assert "Answer" not in fields["Shown"]


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "`</div><script>alert(1)</script>`",
        "$</span><script>alert(1)</script>$",
        "{{FrontSide}} {{c1::x}} [sound:x.mp3] [latex]x[/latex] [$]x[/$] [anki:tts]x[/anki:tts]",
        "\x1f field \x1e",
    ],
)
def test_what_an_author_types_is_text_on_a_card(written: str) -> None:
    fields = fields_of(written, title=f"What is {written}?")
    for html in fields.values():
        assert not findings(html)
        assert "<script" not in html
        assert not re.search(r"\[/?(?:sound:|latex\]|\$|anki:)|[\x00-\x08\x0b-\x1f]", html)


def test_what_the_catalogue_says_is_escaped_on_a_card() -> None:
    fields = deck_cards.fields_of({"kind": "<k>", "rounds": "r & r", "chapter": "[sound:c]"})
    assert fields["Kind"] == "&lt;k&gt;"
    assert fields["Rounds"] == "r &amp; r"
    assert fields["Chapter"] == "&#91;sound:c]"


def test_the_styles_name_every_color_that_they_use_in_both_schemes() -> None:
    css = deck_package.css()
    light, dark = (set(re.findall(r"(--tl-[\w-]+):", block)) for block in css.split("\n")[:2])
    used = set(re.findall(r"var\((--tl-[\w-]+)\)", css))
    assert used <= light
    assert used - {"--tl-sans", "--tl-small"} <= dark
    assert "light-dark(" not in css
    assert ".md-typeset" not in css
    assert "url(" not in css
