"""Figures that answer back, drawn at build: pictures that only draw, controls, and words that are escaped."""

import re

import pytest
from guide.read import explore as fences
from guide.read.explore import Explorable
from guide.read.svg import svg_problems
from guide.render import explore
from guide.tools.node import Node


def drawn(node: Node, figure: Explorable) -> str:
    return explore.replace(explore.placeholder(figure), explore.draw(node, [figure]))


def test_a_figure_travels_through_its_placeholder_unharmed() -> None:
    figure = Explorable("threshold-cost", 'Is "a" < b & c?', "α", "see", "caption")
    assert explore.explorables(f"<p>{explore.placeholder(figure)}</p>") == [figure]


def test_words_of_an_author_never_become_html(node: Node) -> None:
    page = drawn(node, Explorable("threshold-cost", *['<script>"&'] * 4))
    assert "<script" not in page
    assert page.count("&lt;script&gt;&quot;&amp;") == 4
    assert 'aria-label="&#60;script&#62;&#34;&#38;"' in page


@pytest.mark.parametrize("name", fences.names())
def test_a_picture_draws_and_nothing_else(name: str, node: Node) -> None:
    page = drawn(node, Explorable(name, "question", "alt", "see", "caption"))
    panels = re.findall(r"<svg.*?</svg>", page)
    assert panels
    for panel in panels:
        assert svg_problems(panel, name) == []
        assert not re.search(r"NaN|undefined|Infinity|\sstyle=|#[0-9a-f]{3}", panel)


@pytest.mark.parametrize("name", fences.names())
def test_a_figure_is_read_in_one_sentence_and_its_controls_wait(name: str, node: Node) -> None:
    page = drawn(node, Explorable(name, "question", "alt", "see", "caption"))
    reading = re.search(r'class="tl-explore__reading">(.*?)</p>', page)
    assert reading is not None
    assert re.fullmatch(r"[A-Z].{30,260}\.", reading[1])
    assert len(re.findall(r"\. [A-Z]", reading[1])) == 0
    controls = re.findall(r"<(?:input|select|button)\b[^>]*>", page)
    assert len(controls) >= 2
    assert all(" disabled" in control for control in controls)


def test_a_figure_that_fails_is_told_and_stays_as_it_was(node: Node) -> None:
    figure = Explorable("no-such-figure", "question", "alt", "see", "caption")
    assert drawn(node, figure) == explore.placeholder(figure)
