"""The last touches to a page."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

from guide.render import pages


def rules(policy: str) -> dict[str, list[str]]:
    return {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}


def test_the_policy_names_each_inline_script_by_its_hash() -> None:
    expected = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert rules(pages.content_security_policy(["start()"]))["script-src"] == ["'self'", f"'sha256-{expected}'"]


def test_what_is_published_allows_no_other_inline_script() -> None:
    assert "'unsafe-inline'" not in rules(pages.content_security_policy([]))["script-src"]


def test_the_preview_lets_the_script_of_its_server_run() -> None:
    # A hash beside it would make browsers ignore the permission.
    assert rules(pages.content_security_policy(["start()"], preview=True))["script-src"] == [
        "'self'",
        "'unsafe-inline'",
    ]


def test_the_box_of_a_task_is_drawn_and_a_done_one_says_so() -> None:
    inside = '<input type="checkbox" disabled{}/><span class="task-list-indicator"></span>'
    control = f'<label class="task-list-control">{inside}</label>'
    assert pages.drawn_boxes(control.format("")) == '<span class="tl-box"></span>'
    assert "Done: " in pages.drawn_boxes(control.format(" checked"))


def test_the_main_heading_is_taken_out_with_its_id_and_without_its_link() -> None:
    html = '<h1 id="top">A <em>title</em><a class="headerlink" href="#top">¶</a></h1>\n<p>Text</p>'
    assert pages.headed(html, "ignored") == pages.Headed("A <em>title</em>", "top", "<p>Text</p>")


def test_a_page_without_a_heading_is_headed_by_its_title() -> None:
    assert pages.headed("<p>Text</p>", "Q & A") == pages.Headed("Q &amp; A", "", "<p>Text</p>")


def test_headings_are_called_by_their_text_alone() -> None:
    assert 'aria-hidden="true"' in pages.quiet_permalinks('<h2>A<a class="headerlink" href="#a">¶</a></h2>')


def test_a_report_carries_the_title_and_the_address_of_the_page() -> None:
    address = pages.report_address("https://example.org/a/b/", "L1 & L2", "https://example.org/guide/x/?y=1#z")
    assert address.startswith("https://example.org/a/b/issues/new?")
    query = parse_qs(urlsplit(address).query)
    assert query["title"] == ["Mistake: L1 & L2"]
    assert query["page"] == ["https://example.org/guide/x/?y=1#z"]


def test_without_a_repository_nothing_can_be_reported() -> None:
    assert pages.report_address("", "Title", "https://example.org/") == ""
