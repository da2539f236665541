"""What the search knows about the guide: entries from the catalogue, in plain words."""

from pathlib import Path

from guide.model.body import Body, Heading
from guide.model.catalogue import Catalogue, Exercise, GlossaryTerm, Page, Question, Resource
from guide.publish.search import entries, plain
from hypothesis import given
from hypothesis import strategies as st


def catalogue(**changes: object) -> Catalogue:
    """Return a guide whose first page has these changes."""
    text = "## In short\n\nThe gist.\n\n## A trap\n\nMind the *gap*.\n"
    body = Body(text=text, line=1, headings=(Heading(2, "In short", "in-short", 1), Heading(2, "A trap", "a-trap", 5)))
    question = Question(id="p#why", slug="why", page="p", title="Why $x$?", short="Because.", full="Because *so*.")
    page = Page(id="p", path="docs/p.md", src="p.md", url="p/", title="A page", body=body, questions=(question,))
    page = page.model_copy(update=changes)
    hidden = Body(text="## Solution\n\nThe answer.\n", line=1, headings=(Heading(2, "Solution", "solution", 1),))
    task = Exercise(id="e", path="e", src="e", url="e/", title="A task", folder="e", body=hidden)
    term = GlossaryTerm(term="A/B test", definition="A randomized comparison.", aliases=("split test",), page="p")
    resource = Resource(
        id="book", title="Book", author="Somebody", kind="book", cost="free", level="entry", hours=1, good_for="Much."
    )
    return Catalogue(pages=(page, task), glossary=(term,), resources=(resource,))


def by_url(cache: Path, **changes: object) -> dict[str, dict[str, object]]:
    return {entry["url"]: entry for entry in entries(catalogue(**changes), cache)}


def test_pages_sections_questions_terms_and_resources_are_entries(tmp_path: Path) -> None:
    assert set(by_url(tmp_path)) == {
        "p/", "p/#in-short", "p/#a-trap", "p/#why", "e/", "glossary/#a-b-test", "resources/#book",
    }  # fmt: skip


def test_a_section_holds_its_own_words_alone(tmp_path: Path) -> None:
    assert by_url(tmp_path)["p/#a-trap"]["text"] == "Mind the gap."


def test_what_is_kept_of_a_page_is_what_it_says_now(tmp_path: Path) -> None:
    before = by_url(tmp_path)
    assert by_url(tmp_path) == before
    question = catalogue().pages[0].questions[0]
    changes = [
        {"body": Body(text="## A trap\n\nNew words.\n", line=1, headings=(Heading(2, "A trap", "a-trap", 1),))},
        {"title": "Another page"},
        {"url": "q/"},
        {"questions": (question.model_copy(update={"full": "Another answer."}),)},
    ]
    for number, change in enumerate(changes):
        assert by_url(tmp_path, **change) == by_url(tmp_path / str(number), **change) != before


def test_a_page_answers_to_the_names_of_its_terms(tmp_path: Path) -> None:
    assert "split test" in str(by_url(tmp_path)["p/"]["keywords"])


def test_a_solution_is_not_given_away(tmp_path: Path) -> None:
    assert not any("The answer" in str(entry["text"]) for entry in entries(catalogue(), tmp_path))


def test_entries_are_numbered_without_gaps(tmp_path: Path) -> None:
    assert [entry["id"] for entry in entries(catalogue(), tmp_path)] == list(range(7))


def test_markup_code_and_options_are_not_words() -> None:
    block = "/// short\n    kind: explain\n**Bold** [link](x.md) and `code`."
    text = block + "\n```python\nprint(1)\n```\n| a | b |\n|---|---|\n///"
    assert plain(text) == "Bold link and code. a: b."


def test_code_of_one_letter_ends_where_its_mark_does() -> None:
    text = "The last axis of `x`, whose shape is $(n, d)$, and `y_i` of `\\n`."
    assert plain(text) == "The last axis of x, whose shape is (n, d), and y_i of \\n."


def test_a_row_of_a_table_is_read_as_a_sentence() -> None:
    table = (
        "| network | normalization | why |\n|---|:-:|---|\n| classifier, `a|b` | *batch* norm | Batches are large. |\n"
    )
    assert plain(f"Choose.\n\n{table}") == (
        "Choose. network: normalization; why. classifier, a|b: batch norm; Batches are large."
    )
    assert plain("| | a |\n|---|---|\n| Why? | Because |\n") == "a. Why? Because."


def test_a_dollar_inside_a_formula_does_not_end_it() -> None:
    assert plain(r"It costs $5 \cdot 2 = \$10$ a day.") == "It costs 5 · 2 = $10 a day."


@given(st.text())
def test_plain_never_raises_and_is_one_line(text: str) -> None:
    assert "\n" not in plain(text)


def test_formulas_are_words_and_signs_and_not_commands() -> None:
    found = plain(r"What does $P(y \mid x)$ mean, and why is $\hat{y} = \arg\max_y p(y \mid x)$ right?")
    assert found == "What does P(y | x) mean, and why is ŷ = arg max_y p(y | x) right?"


def test_code_is_kept_as_it_is_typed_and_blocks_of_code_are_left_out_wherever_they_stand() -> None:
    assert plain("1. First `a || b_1`\n\n    ```python\n    x = 1\n    ```\n") == "First a || b_1"


def test_the_marks_of_footnotes_are_no_words_and_dollars_are_money() -> None:
    assert plain("A claim.[^f1] It costs $12,000.\n\n[^f1]: Note.") == "A claim. It costs $12,000. Note."
