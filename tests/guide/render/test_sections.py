"""The sections of a page: where they begin, and where they must not."""

from __future__ import annotations

from guide.render.sections import sectioned


def test_each_heading_of_level_2_begins_a_section_and_what_stands_above_stays_outside() -> None:
    html = '<p>Lead.</p>\n<h2 id="a">A</h2>\n<p>x</p>\n<h3>a1</h3>\n<h2>B</h2>\n<p>y</p>'
    assert sectioned(html) == (
        '<p>Lead.</p>\n<section class="tl-section">\n<h2 id="a">A</h2>\n<p>x</p>\n<h3>a1</h3>\n</section>\n'
        '<section class="tl-section">\n<h2>B</h2>\n<p>y</p>\n</section>\n'
    )


def test_a_heading_within_a_block_begins_none() -> None:
    blocks = "<details><summary>s</summary>\n<h2>in</h2>\n</details>\n<ul>\n<li>\n<h2>item</h2>\n</li>\n</ul>"
    html = f"<h2>A</h2>\n{blocks}\n<h2>B</h2>"
    found = sectioned(html).split('<section class="tl-section">')
    assert [part.count("<h2>") for part in found] == [0, 3, 1]


def test_a_drawing_with_lines_is_no_open_list() -> None:
    html = '<h2>A</h2><svg><line x1="0"/><linearGradient id="g"></linearGradient></svg><h2>B</h2>'
    assert sectioned(html).count("<section") == 2


def test_a_page_without_such_headings_stays_as_it_is() -> None:
    assert sectioned("<p>x</p>\n<h3>y</h3>\n") == "<p>x</p>\n<h3>y</h3>\n"
