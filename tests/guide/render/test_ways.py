"""The ways from a page to its drill and its mock: where they stand, and what their addresses say."""

from pathlib import Path
from urllib.parse import parse_qs

from guide.model.catalogue import Catalogue
from guide.render.ways import with_ways

from tests.guide.sitekit import case, chapter, page, read

CHAPTER = "topics/statistics/tests"
CASE = "system-design/cases/ranking"
QUESTIONS = '<h2 id="questions">Questions<a href="#questions">¶</a></h2>\n<p>First.</p>'
PROMPT = '<h2 id="the-prompt">The prompt</h2>\n<blockquote>\n<p>Rank.</p>\n</blockquote>\n<p>The tension.</p>'
ROUNDS = """- id: ml-breadth
  name: ML breadth
  hue: "12"
  minutes: [45, 60]
  allocation: outside
  interviewer: An engineer
  judged: Whether it is right
  summary: A round.
  reported:
    - source: A source
      date: "2024"
"""


def guide(root: Path, practice: bool = True) -> Catalogue:
    """Return a guide with a chapter, a case and, unless told otherwise, the pages of practice."""
    plain = page({"title": "Some page", "summary": "A page."}, {})
    files = {f"docs/{CHAPTER}.md": chapter(), f"docs/{CASE}.md": case(), "docs/rounds/rounds.yml": ROUNDS}
    if practice:
        files |= {"docs/practice/drills.md": plain, "docs/practice/mock.md": plain}
    return read(root, files)[0]


def shown(catalogue: Catalogue, name: str, html: str) -> str:
    """Return the page with its ways."""
    found = catalogue.page(name)
    assert found is not None
    return with_ways(html, found, catalogue)


def test_the_questions_of_a_page_lead_to_their_drill(tmp_path: Path) -> None:
    catalogue = guide(tmp_path)
    found = catalogue.page(CHAPTER)
    assert found is not None
    way = f'<a href="../../../practice/drills/#page={CHAPTER}">Drill these {len(found.questions)}</a>'
    assert f'</h2>\n<p class="tl-way tl-needs-js">{way}</p>' in shown(catalogue, CHAPTER, QUESTIONS)


def test_the_prompt_of_a_case_leads_to_a_mock_and_to_the_sheet_of_who_asks(tmp_path: Path) -> None:
    html = shown(guide(tmp_path), CASE, PROMPT)
    before, way = html.split('<p class="tl-way tl-needs-js">')
    assert before.endswith("</blockquote>\n")
    assert f'href="../../../practice/mock/#case={CASE}"' in way
    sheet = way.split("practice/mock/#")[2].split('"')[0].replace("&amp;", "&")
    assert parse_qs(sheet) == {"interviewer": ["ml-breadth"], "level": ["entry"], "minutes": ["60"], "items": [CASE]}


def test_what_the_guide_does_not_have_is_not_led_to(tmp_path: Path) -> None:
    catalogue = guide(tmp_path, practice=False)
    assert shown(catalogue, CHAPTER, QUESTIONS) == QUESTIONS
    assert shown(catalogue, CASE, PROMPT) == PROMPT
