"""Tooltips: which words become one, where they never stand, and that the text itself stays as it was."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from guide.model.catalogue import GlossaryTerm
from guide.model.labels import plural, term_anchor
from guide.render.glossary import Glossary
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guide.rendering import render, tree, words


def term(name: str, *aliases: str) -> GlossaryTerm:
    return GlossaryTerm(term=name, definition=f"What {name} means.", aliases=aliases)


TERMS = (
    term("precision", "positive predictive value"),
    term("precision-recall curve", "PR curve"),
    term("AUC"),
    term("RAG"),
    term("F1 score"),
    term("decision tree"),
    term("loss"),
    term("policy"),
)
CONFIG: dict[str, Any] = {"terms": TERMS}


def marked(text: str) -> list[str]:
    """Return the words of a page that got a tooltip."""
    return [words(element) for element in found(text)]


def found(text: str) -> list[Element]:
    return list(tree(render(text, glossary=CONFIG)).iter("abbr"))


def test_a_term_gets_its_definition_as_a_tooltip() -> None:
    (element,) = found("Its precision is low.")
    assert element.attrib["title"] == "What precision means."


def test_a_term_is_marked_at_its_first_use_in_a_section() -> None:
    assert marked("Precision and precision.\n\n- precision\n\n## Next\n\n*precision*\n") == ["Precision", "precision"]


def test_a_question_marks_its_terms_anew() -> None:
    asked = "//// question | What is it?\n    id: {}\n    kind: explain\n    level: entry\n    rounds: [ml-breadth]\n\n"
    part = "/// short\nThe precision.\n///\n////\n\n"
    assert (
        marked("Precision.\n\n" + asked.format("a") + part + asked.format("b") + part)
        == ["Precision"] + ["precision"] * 2
    )


def test_tables_and_sources_are_left_alone() -> None:
    assert marked("| precision | b |\n|---|---|\n| precision | precision |\n\n## Sources\n\nOn precision.\n") == []


def test_a_mark_names_its_place_in_the_glossary() -> None:
    (mark,) = found("Precision.")
    assert mark.attrib["data-term"] == "precision"


def test_the_longest_form_wins() -> None:
    assert marked("A precision-recall curve, then precision.") == ["precision-recall curve", "precision"]


def test_a_part_of_a_compound_is_not_the_term() -> None:
    assert marked("precision-weighted, non-loss, lossless and policymaker") == []


@pytest.mark.parametrize("text", ["Decision trees", "losses", "policies", "AUCs", "decision\ntree", "F1 scores"])
def test_plurals_and_line_breaks_do_not_hide_a_term(text: str) -> None:
    assert len(marked(f"Many {text} here.")) == 1


def test_words_are_found_in_any_case_and_acronyms_as_written() -> None:
    assert marked("PRECISION, AUC, auc, rag, RAG, f1 score") == ["PRECISION", "AUC", "RAG"]


def test_aliases_are_the_same_term() -> None:
    assert marked("Positive predictive value, in other words precision.") == ["Positive predictive value"]


@pytest.mark.parametrize(
    "text",
    [
        "# precision",
        "### precision",
        "[precision](https://example.org)",
        "`precision`",
        "```text\nprecision\n```",
        "$\\text{precision}$",
        "$$\n\\text{precision}\n$$",
        "/// why | What is precision?\n///",
        "/// mistake | Only precision\n///",
        "/// note | precision\n///",
        "/// transcript | precision\n**precision:** Yes.\n///",
    ],
)
def test_nothing_is_marked_where_it_would_disturb(text: str) -> None:
    assert marked(text) == []


def test_answers_get_tooltips_and_question_titles_do_not() -> None:
    text = (
        "//// question | What is precision?\n    id: x\n    kind: recall\n    level: entry\n    rounds: [coding]\n\n"
        "/// short\nThe precision.\n///\n\n/// full\nText.\n///\n\n/// follow-ups\n- Precision? — AUC.\n///\n////\n"
    )
    assert marked(text) == ["precision", "AUC"]


def test_a_page_that_defines_terms_is_left_as_it_is() -> None:
    assert marked("precision { #precision .tl-term }\n:   The precision of things.\n") == []


def test_a_definition_cannot_break_out_of_its_tooltip() -> None:
    terms = (GlossaryTerm(term="odd one", definition='Says "hello" & more.'),)
    (element,) = tree(render("An odd one.", glossary={"terms": terms})).iter("abbr")
    assert element.attrib["title"] == 'Says "hello" & more.'


def test_of_two_terms_that_claim_a_form_the_first_keeps_it() -> None:
    glossary = Glossary([term("weights", "loss"), term("loss")])
    assert [each.term for _, _, each in glossary.find("loss")] == ["weights"]


def test_no_terms_no_tooltips() -> None:
    assert list(Glossary([]).find("precision")) == []


def test_letters_that_grow_when_made_small_do_no_harm() -> None:
    glossary = Glossary(TERMS)
    text = "İİİ and precision"
    assert [text[start:end] for start, end, _ in glossary.find(text)] == ["precision"]


@pytest.mark.parametrize(
    ("one", "many"),
    [("tree", "trees"), ("loss", "losses"), ("batch", "batches"), ("policy", "policies"), ("key", "keys")],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_anchors_of_terms() -> None:
    assert [term_anchor(name) for name in ("A/B test", "k-NN", "F1 score")] == ["a-b-test", "k-nn", "f1-score"]
    assert term_anchor("k-means++") != term_anchor("k-means")


PIECES = st.sampled_from(
    [
        "precision",
        "AUC",
        "loss ",
        " a ",
        "*",
        "**",
        "`",
        "- ",
        "\n\n",
        "\n",
        "[",
        "](x)",
        "$",
        "<",
        "&",
        "recall",
        "-",
        "_",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_tooltips_never_change_what_a_page_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert words(tree(render(text, glossary=CONFIG))) == words(tree(render(text)))
