"""The typed blocks: what becomes of them, that it works without scripts, and that mistakes are told."""

import pytest
from guide.model.vocabulary import BLOCKS
from guide.render import blocks
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guide.rendering import markdown, render, tree, with_class, words

QUESTION = """## Questions

//// question | Why does $|x|$ have a `kink` at 0?
    id: kink
    kind: explain
    level: entry
    rounds: [ml-breadth, phone-screen]

/// short
Because.
///

/// full
Because of the sign.

| a | b |
|---|---|
| 1 | 2 |
///

/// weak
It just has.
///

/// follow-ups
- What is the `a — b` there? — A subgradient.
- And then
///
////

## Sources
"""


def test_every_block_of_the_vocabulary_is_known() -> None:
    assert {block.NAME for block in blocks.BLOCK_CLASSES} == set(BLOCKS)


def test_a_question_is_a_section_with_its_id_and_matter() -> None:
    (section,) = with_class(tree(render(QUESTION)), "tl-question")
    assert section.tag == "section"
    assert section.attrib["id"] == "kink"
    assert section.attrib["data-kind"] == "explain"
    assert section.attrib["data-rounds"] == "ml-breadth phone-screen"
    assert section.attrib["data-phrasing"] == "direct"


def test_a_question_title_is_a_heading_below_the_one_before_it() -> None:
    (title,) = with_class(tree(render(QUESTION)), "tl-question__title")
    assert title.tag == "h3"


def test_a_question_below_a_deeper_heading_is_deeper() -> None:
    (title,) = with_class(tree(render(QUESTION.replace("## Questions", "## Questions\n\n### Hard"))), "tl-heading")
    assert title.tag == "h4"


def test_math_and_code_in_a_question_title_are_rendered() -> None:
    (title,) = with_class(tree(render(QUESTION)), "tl-question__title")
    assert words(title) == r"Why does \(|x|\) have a kink at 0?"
    assert title.find("code") is not None
    assert with_class(title, "arithmatex")


def test_questions_do_not_flood_the_table_of_contents() -> None:
    converter = markdown()
    converter.convert(QUESTION)
    assert [token["name"] for token in converter.toc_tokens] == ["Questions", "Sources"]


def test_a_question_can_be_linked_to() -> None:
    (link,) = with_class(tree(render(QUESTION)), "tl-permalink")
    assert link.attrib["href"] == "#kink"


def test_what_every_question_has_is_called_by_the_question() -> None:
    page = tree(render(QUESTION))
    (title,) = with_class(page, "tl-question__title")
    (link,) = with_class(page, "tl-permalink")
    (answers,) = with_class(page, "tl-answers")
    summary = answers[0]
    assert title.attrib["id"] == link.attrib["aria-labelledby"] == "kink--title"
    assert summary.attrib["aria-labelledby"] == f"{summary.attrib['id']} kink--title"


def test_tags_say_kind_level_and_rounds_in_words() -> None:
    page = tree(render(QUESTION, blocks={"round_names": {"ml-breadth": "ML breadth", "phone-screen": "Phone"}}))
    assert [words(tag) for tag in with_class(page, "tl-tag")] == ["Explain", "Entry", "ML breadth", "Phone"]


def test_answers_start_closed() -> None:
    details = list(tree(render(QUESTION)).iter("details"))
    assert len(details) == 4
    assert not [element for element in details if "open" in element.attrib]


def test_one_control_opens_the_short_answer_and_what_else_there_is() -> None:
    (question,) = with_class(tree(render(QUESTION)), "tl-question")
    (answers,) = question.findall("details")
    assert [words(each) for each in answers.iter("summary")][:3] == ["Answer", "Full answer · 2 min", "Follow-ups · 2"]
    assert [words(each) for each in with_class(answers, "tl-answer__name")] == [
        "Short answer · 30 s",
        "What a weak answer sounds like",
    ]


def test_what_belongs_to_the_full_answer_stands_inside_it() -> None:
    parts = "/// points\n- One\n- Two\n- Three\n///\n\n/// computed\nText.\n///\n\n/// follow-ups"
    (full,) = with_class(tree(render(QUESTION.replace("/// follow-ups", parts))), "tl-answer--full")
    inside = [each.attrib["class"].split()[-1] for each in full.findall("div/*") if "class" in each.attrib]
    assert inside[-3:] == ["tl-answer--points", "tl-computed", "tl-answer--weak"]


def test_the_answer_of_a_follow_up_is_closed_too() -> None:
    (item,) = with_class(tree(render(QUESTION)), "tl-follow-up")
    assert words(item.find("details/summary")) == "What is the a — b there?"
    assert words(item.find("details/div")) == "A subgradient."


def test_a_follow_up_without_a_dash_stays_an_item() -> None:
    (answers,) = with_class(tree(render(QUESTION)), "tl-answer--follow-ups")
    assert [words(item) for item in answers.iter("li") if not item.get("class")] == ["And then"]


def test_a_follow_up_with_paragraphs_keeps_them_together() -> None:
    loose = QUESTION.replace("A subgradient.\n- And then", "One.\n\n    Two.\n\n- And then")
    (item,) = with_class(tree(render(loose)), "tl-follow-up")
    assert words(item.find("details/div")) == "One. Two."


def test_a_former_id_of_a_question_still_leads_there() -> None:
    page = tree(render(QUESTION.replace("    kind: explain", "    aliases: [edge]\n    kind: explain")))
    (section,) = with_class(page, "tl-question")
    assert [span.attrib["id"] for span in section.findall("span")] == ["edge"]


def test_what_stands_before_the_answers_is_part_of_the_question() -> None:
    page = tree(render(QUESTION.replace("/// short", "```python\nx = 1\n```\n\n/// short", 1)))
    (section,) = with_class(page, "tl-question")
    assert section.find("div[@class='language-python highlight']") is not None


def test_a_mistake_has_a_heading_and_a_body() -> None:
    page = tree(render("## Common mistakes\n\n/// mistake | Tuning on the test set\n**Why.** So.\n///\n"))
    (mistake,) = with_class(page, "tl-mistake")
    assert [child.tag for child in mistake] == ["h3", "div"]
    assert words(mistake) == "Tuning on the test set Why. So."


def test_whys_form_one_ladder() -> None:
    page = tree(render("/// why | One?\na\n///\n\n/// why | Two?\nb\n///\n\n/// why | Three?\nc\n///\n\nText.\n"))
    (ladder,) = with_class(page, "tl-ladder")
    assert ladder.tag == "ol"
    assert [words(summary) for summary in ladder.iter("summary")] == ["One?", "Two?", "Three?"]


def test_text_between_whys_parts_the_ladder() -> None:
    page = tree(render("/// why | One?\na\n///\n\nText.\n\n/// why | Two?\nb\n///\n"))
    assert [len(ladder) for ladder in with_class(page, "tl-ladder")] == [1, 1]


def test_hints_are_numbered_in_words() -> None:
    page = tree(render("/// hint | Where the *time* goes\na\n///\n\n/// hint | What to keep\nb\n///\n"))
    assert [words(summary) for summary in page.iter("summary")] == [
        "Hint 1 · Where the time goes",
        "Hint 2 · What to keep",
    ]


def test_a_rubric_scrolls_by_keyboard_and_names_its_rows() -> None:
    page = tree(render("/// rubric\n| | Entry | Staff |\n|---|---|---|\n| Depth | little | a lot |\n///\n"))
    (rubric,) = with_class(page, "tl-rubric")
    (region,) = with_class(rubric, "tl-scroll")
    assert region.attrib["tabindex"] == "0"
    assert region.attrib["role"] == "region"
    assert region.attrib["aria-label"] == "Rubric: Entry, Staff"
    assert [words(cell) for cell in rubric.iter("th") if cell.get("scope") == "row"] == ["Depth"]


def test_an_empty_heading_cell_is_no_heading() -> None:
    page = tree(render("| | b |\n|---|---|\n| 1 | 2 |\n"))
    assert [words(cell) for cell in page.iter("th")] == ["b"]


def test_every_table_scrolls_and_no_two_have_the_same_name() -> None:
    page = tree(render("| a | b |\n|---|---|\n| 1 | 2 |\n\nText.\n\n| a | b |\n|---|---|\n| 3 | 4 |\n"))
    names = [region.attrib["aria-label"] for region in with_class(page, "tl-scroll")]
    assert names == ["Table: a, b", "Table: a, b (2)"]


def test_a_transcript_gathers_what_each_speaker_says() -> None:
    text = "/// transcript | In the middle\n**Interviewer:** Why?\n\n**You:** So.\n\n- a list\n\n*She nods.*\n///\n"
    (transcript,) = with_class(tree(render(text)), "tl-transcript")
    assert transcript.attrib["aria-label"] == "In the middle"
    assert [child.attrib["class"] for child in transcript] == [
        "tl-transcript__title",
        "tl-turn tl-turn--interviewer",
        "tl-turn tl-turn--you",
        "tl-aside",
    ]
    assert words(transcript[2]) == "You: So. a list"


def test_computed_and_solution_are_closed_and_named() -> None:
    page = tree(render("/// computed\n1\n///\n\n/// solution | The planted bugs\n2\n///\n"))
    assert [words(summary) for summary in page.iter("summary")] == ["How this was computed", "The planted bugs"]


@pytest.mark.parametrize("name", ["note", "tip", "warning"])
def test_admonitions_have_a_title(name: str) -> None:
    page = tree(render(f"/// {name}\ntext\n///\n"))
    (box,) = with_class(page, "admonition")
    assert words(box) == f"{name.capitalize()} text"


def test_output_is_labeled_and_escaped() -> None:
    (output,) = with_class(tree(render("```output\n1 < 2 & 3\n```\n")), "tl-output")
    assert words(output.find("pre")) == "1 < 2 & 3"
    assert output.find("pre").attrib["tabindex"] == "0"


def test_code_and_its_output_stand_beside_each_other_and_leave_no_empty_paragraph() -> None:
    page = tree(render("Text:\n```python\nprint(1)\n```\n```output\n1\n```\nMore.\n"))
    assert [child.tag for child in page] == ["p", "div", "div", "p"]


def test_inline_code_alone_on_its_line_stays_in_its_paragraph() -> None:
    page = tree(render("Some text\n`#!python print(1)`\nmore text.\n"))
    assert [child.tag for child in page] == ["p"]


# --- What is wrong is told ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (QUESTION.replace("    id: kink\n", ""), "has no `id`"),
        (QUESTION.replace("id: kink", "id: A Kink"), "`A Kink` is not an id"),
        (QUESTION.replace("level: entry", "level: junior"), "`level` may not be `junior`"),
        (QUESTION.replace("[ml-breadth, phone-screen]", "ml-breadth"), "`rounds` must be a list"),
        (QUESTION.replace("    kind: explain", "    knd: explain"), "there is no key `knd`"),
        (QUESTION.replace("[ml-breadth, phone-screen]", "[ml-breadth"), "`question` could not be read"),
        (QUESTION.replace(" | Why does $|x|$ have a `kink` at 0?", ""), "`question` has no title"),
        (QUESTION.replace("////\n\n## Sources", "## Sources"), "is not closed"),
        ("/// short\na\n///\n", "`short` is outside a question"),
        ("/// short | A title\na\n///\n", "`short` `A title` takes no title"),
        ("/// mistake\na\n///\n", "`mistake` has no title"),
        ("/// note\n    open: true\na\n///\n", "has no option `open`"),
        ("/// note\n    attrs: {onclick: x}\na\n///\n", "has no option `attrs`"),
        ("/// mistkae | A title\na\n///\n", "There is no block named `mistkae`. Did you mean `mistake`?"),
        ("Text.\n\n///\n", "closes a block that is not open"),
    ],
)
def test_a_mistake_of_the_author_is_told_and_the_page_is_rendered(text: str, said: str) -> None:
    found = blocks.problems(render(text))
    assert any(said in problem for problem in found), found


def test_a_problem_leads_to_its_line() -> None:
    text = f"Some text.\n\n{QUESTION}\n/// mistkae | A title\na\n///\n"
    problem = blocks.problems(render(text))[0]
    assert text.split("\n")[blocks.line_of(problem, text) - 1] == "/// mistkae | A title"
    assert blocks.line_of(problem, "Other text.\n") == 1


def test_a_sound_page_has_no_problems() -> None:
    assert blocks.problems(render(QUESTION)) == []


def test_slashes_in_code_and_escaped_ones_are_no_blocks() -> None:
    assert blocks.problems(render("`/// note`\n\n```text\n/// note\n```\n\n\\/// note\n")) == []


LINES = st.sampled_from(
    [f"{'/' * marks} {name}" for marks in (3, 4) for name in BLOCKS]
    + [f"{'/' * marks} {name} | Title $x$ `y`" for marks in (3, 4) for name in ("question", "why", "hint", "mistake")]
    + ["///", "////", "", "", "    id: x", "    rounds: [a, b", "    kind: explain", "```python", "```output", "```"]
    + ["- item — answer", "    - nested — more", "1. one", "> quote", "| a | b |", "|---|---|", "| 1 | 2 |", "# Head"]
    + ["**You:** yes", "*aside*", "text", "    indented", "$$", "\\[x\\]", "[^1]", "[^1]: note", ":   definition"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(alphabet=st.characters(codec="utf-8"), max_size=12)), max_size=25))
def test_whatever_is_written_a_page_is_rendered(lines: list[str]) -> None:
    page = render("\n".join(lines))
    assert isinstance(blocks.problems(page), list)


def test_a_unit_stays_with_its_number_and_code_as_it_is() -> None:
    html = render("With 1 % fraud, 99 %, in 3 h 10 min or 5 minutes.\n\n```python\nprint(5 % 3)\n```\n")
    text = "With 1~% fraud, 99~%, in 3~h 10~min or 5 minutes."
    assert text.replace("~", "\N{NO-BREAK SPACE}") in html
    assert "\N{NO-BREAK SPACE}" not in html[html.index("print") :]


def test_a_column_that_holds_sentences_is_named_wide() -> None:
    sentence = "What is said here takes more than a line of a narrow column, so it needs room."
    root = tree(render(f"| a | b |\n|---|---|\n| 1 | {sentence} |\n"))
    assert [cell.get("class") for cell in root.iter("th")] == [None, "tl-wide"]


def test_a_table_of_words_that_no_phone_has_room_for_names_the_column_in_each_cell() -> None:
    row = "| cold start | a new member has no ties to count | a prior of the company or the school |"
    (table,) = tree(render(f"| failure | why | remedy |\n|---|---|---|\n{row}\n")).iter("table")
    assert table.get("class") == "tl-table tl-stack"
    assert [cell.get("data-label") for cell in table.iter("td")] == [None, "why", "remedy"]


def test_a_bare_number_that_begins_an_entry_keeps_the_name_of_its_column() -> None:
    row = "| 2–7 | agree on the signature and on what is allowed | the signature, on the screen |"
    (table,) = tree(render(f"| minute | you | on the screen |\n|---|---|---|\n{row}\n")).iter("table")
    assert [cell.get("data-label") for cell in table.iter("td")] == ["minute", "you", "on the screen"]


@pytest.mark.parametrize("cells", [("high", "at the floor"), ("answer", "answer"), ("last bias only", "No")])
def test_a_value_that_names_no_row_keeps_the_name_of_its_column(cells: tuple[str, str]) -> None:
    rest = "the training error stays where it is for longer | a larger model, or better features |"
    rows = "\n".join(f"| {cell} | {rest}" for cell in cells)
    (table,) = tree(render(f"| training error | what it says | what to do |\n|---|---|---|\n{rows}\n")).iter("table")
    labels = [cell.get("data-label") for cell in table.iter("td")]
    assert labels == ["training error", "what it says", "what to do"] * 2


@pytest.mark.parametrize(
    "rows",
    [
        "| model | error | time |\n|---|---|---|\n| ridge | 0.12 | 3 s |",
        "| a | b | c | d | e | f | g |\n|---|---|---|---|---|---|---|\n" + "| 1234.5 " * 7 + "|",
        "| what it is | $x$ | then |\n|---|---|---|\n" + "| as many words as a phone has room for " * 3 + "|",
    ],
    ids=["what fits", "numbers to be compared", "a column that only a formula names"],
)
def test_other_tables_stay_tables_on_a_phone(rows: str) -> None:
    root = tree(render(rows))
    assert [cell for cell in root.iter("td") if "data-label" in cell.attrib] == []


NESTED = """//// question | Why?
    id: why
    kind: explain
    level: entry
    rounds: [ml-breadth]

/// short
- one

    more
///

/// full
1. first

    /// note | A note
    - deep

        deeper
    ///

2. second
///
////
"""


def test_blocks_in_lists_in_blocks_are_read() -> None:
    assert "<p>deeper</p>" in render(NESTED)
