"""Listings: what each holds, that its links lead somewhere, and that a page is otherwise left alone."""

import re
from pathlib import Path

import pytest
from guide.model.allocation import PATH as ALLOCATION
from guide.model.catalogue import Catalogue
from guide.publish import decks, listings
from guide.publish.listings import LISTINGS, expand
from guide.read.allocation import parse_allocation

from tests.guide.rendering import ROOT, render, tree, with_class, words
from tests.guide.sitekit import CHAPTER_PATH, SITE, Content, case, chapter, notebook, read

TEXT = "---\ntitle: A list\nsummary: A sentence that says what this is.\n---\n\n"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read(tmp_path_factory.mktemp("site"), SITE)[0]


def made(name: str, catalogue: Catalogue, src: str = "plan/index.md", root: Path = Path("nowhere")) -> str:
    return expand(f"## Head\n\n[[listing {name}]]\n", catalogue, root, src)


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_links_of_a_listing_lead_to_files_of_the_guide(name: str, catalogue: Catalogue) -> None:
    text = made(name, catalogue, "resources/deep/list.md")
    files = {page.src for page in catalogue.pages}
    files |= set(decks.paths(catalogue))
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith("https://"):
            assert target.startswith("../../")
            assert target.removeprefix("../../") in files


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_every_listing_says_something_when_the_guide_is_empty(name: str) -> None:
    text = made(name, Catalogue())
    assert tree(render(text)) is not None
    assert words(tree(render(text))) != "Head"


def test_rounds_are_compared_in_the_order_of_the_loop_and_can_be_linked_to(catalogue: Catalogue) -> None:
    page = tree(render(made("rounds-table", catalogue)))
    rows = page.findall(".//tbody/tr")
    assert [row[0][0].get("id") for row in rows] == [facts.id for facts in catalogue.rounds]
    assert [link.attrib["href"] for link in page.iter("a") if "rounds/" in link.get("href", "")] == [
        "../rounds/ml-breadth.md"
    ]
    assert words(rows[0][1]) == "30–45 min"


def test_the_share_of_preparation_comes_from_the_allocation(catalogue: Catalogue) -> None:
    assert "Share of preparation" not in made("rounds-table", catalogue)
    allocation, _ = parse_allocation((ROOT / ALLOCATION).read_text("utf-8"))
    catalogue = catalogue.model_copy(update={"allocation": allocation})
    assert "ML breadth, 35%" in words(tree(render(made("rounds-table", catalogue))))


def test_chapters_stand_under_their_area_prerequisites_first(catalogue: Catalogue) -> None:
    page = tree(render(made("topics-by-area", catalogue)))
    assert [words(heading).rstrip("¶") for heading in page.iter("h3")] == ["Statistics and experiments"]
    assert [link.attrib["href"] for link in page.findall(".//td[1]/a")] == [
        "../topics/statistics/tests.md",
        "../topics/statistics/power.md",
    ]


def test_every_question_is_listed_under_its_round_with_kind_and_level(catalogue: Catalogue) -> None:
    page = tree(render(made("questions-by-round", catalogue)))
    assert [words(heading).rstrip("¶") for heading in page.iter("h3")] == ["A round"]
    items = [words(item) for item in page.iter("li")]
    assert len(items) == len(catalogue.questions)
    assert "What is computed? Compute, entry" in items


def test_math_in_a_listed_question_stays_math(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        **SITE,
        CHAPTER_PATH: chapter().replace("What is question-2?", "Is $a|b$ [odd](x.md)?"),
    }
    catalogue = read(tmp_path, files)[0]
    page = tree(render(made("questions-by-round", catalogue)))
    assert r"Is \(a|b\) odd? Explain, entry" in [words(item) for item in page.iter("li")]


def test_a_resource_has_one_anchor_and_its_later_mentions_link_to_it(tmp_path: Path) -> None:
    files: dict[str, Content] = dict(SITE)
    files["docs/resources/books.yml"] = str(SITE["docs/resources/books.yml"]).replace(
        "rounds: [ml-breadth]", "rounds: [coding, ml-breadth]"
    )
    page = tree(render(made("resources-by-round", read(tmp_path, files)[0])))
    assert [words(term) for term in page.iter("dt") if term.get("id") == "a-book"] == ["A book"]
    assert [link.text for link in page.iter("a") if link.get("href") == "#a-book"] == ["A book"]


def resource(name: str, rounds: str, topics: str) -> str:
    return (
        f"- {{id: {name}, title: {name}, author: A writer, kind: book, cost: free, level: entry, hours: 2,\n"
        f"   rounds: [{rounds}], topics: [{topics}], good_for: One line.}}\n"
    )


def test_a_resource_is_told_under_what_it_names_first_and_linked_elsewhere(tmp_path: Path) -> None:
    files: dict[str, Content] = dict(SITE)
    files["docs/resources/books.yml"] = "".join(
        (
            resource("second", "coding, ml-breadth", "statistics"),
            resource("best", "ml-breadth, coding", "statistics"),
            resource("good", "ml-breadth", "statistics"),
        )
    )
    text = made("resources-by-round", read(tmp_path, files)[0])
    coding, breadth = (text[text.index(f"#round-{name}") :] for name in ("coding", "ml-breadth"))
    coding = coding.removesuffix(breadth)
    assert re.findall(r"^(?:- )?\W*(\w+) \{ #", coding, re.MULTILINE) == ["second"]
    assert re.findall(r"\]\(#(\w+)\)", coding) == ["best"]
    assert re.findall(r"(\w+) \{ #(?!round)", breadth) == ["best", "good"]
    assert re.findall(r"\]\(#(\w+)\)", breadth) == ["second"]


def test_three_resources_of_a_group_are_seen_and_the_others_fold_away(tmp_path: Path) -> None:
    files: dict[str, Content] = dict(SITE)
    names = [f"{number}-book" for number in ("first", "second", "third", "fourth", "fifth")]
    files["docs/resources/books.yml"] = "".join(resource(name, "coding", "statistics") for name in names)
    page = tree(render(made("resources-by-round", read(tmp_path, files)[0])))
    (fold,) = page.iter("details")
    assert [words(each) for each in fold.iter("summary")] == ["2 more"]
    assert [term.get("id") for term in page.iter("dt")] == names
    assert [term.get("id") for term in fold.iter("dt")] == names[3:]


def test_a_resource_without_an_address_keeps_its_title(tmp_path: Path) -> None:
    files: dict[str, Content] = dict(SITE)
    files["docs/resources/books.yml"] = str(SITE["docs/resources/books.yml"]).replace(
        "  url: https://example.org/book\n", ""
    )
    page = tree(render(made("resources-by-topic", read(tmp_path, files)[0])))
    (term,) = page.iter("dt")
    assert (term.get("id"), words(term), term.find("a")) == ("a-book", "A book", None)


def test_glossary_terms_stand_under_their_letter_with_an_anchor(catalogue: Catalogue) -> None:
    page = tree(render(made("glossary", catalogue), glossary={"terms": catalogue.glossary}))
    assert [heading.get("id") for heading in page.iter("h3")] == ["letter-p", "letter-r"]
    assert [term.get("id") for term in with_class(page, "tl-term")] == ["precision", "recall"]
    assert "Also: positive predictive value. Explained in A page." in words(page)


def test_cases_exercises_and_notebooks_are_tables(catalogue: Catalogue) -> None:
    for name in ("cases-by-product", "exercises", "notebooks"):
        (row,) = tree(render(made(name, catalogue))).findall(".//tbody/tr")
        assert row[0].find("a") is not None


def test_exercises_stand_in_the_group_of_their_round(catalogue: Catalogue) -> None:
    page = tree(render(made("exercises", catalogue)))
    (heading,) = page.iter("h3")
    coding = catalogue.exercises[0].rounds[:1] == ("coding",)
    assert heading.get("id") == ("coding-and-algorithms" if coding else "models-and-layers")


def test_a_case_stands_under_its_product_with_its_tension(catalogue: Catalogue) -> None:
    page = tree(render(made("cases-by-product", catalogue)))
    assert [heading.get("id") for heading in page.iter("h3")] == ["search"]
    assert "Fast or right, not both." in words(page)


def test_a_case_says_what_it_trains_and_who_asks_it_at_which_level(catalogue: Catalogue) -> None:
    page = tree(render(made("cases-by-product", catalogue)))
    heads = [words(cell) for cell in page.findall(".//thead/tr/*")]
    (row,) = page.findall(".//tbody/tr")
    said = dict(zip(heads, map(words, row), strict=True))
    (case,) = catalogue.cases
    assert said["Trains"] == "Embeddings, graphs"
    assert said["Rounds"] == "A round"
    assert said["Level"] == str(case.level).capitalize()
    assert said["To read"] == f"{case.minutes} min"


def test_a_chapter_is_listed_with_the_cases_that_use_it(tmp_path: Path) -> None:
    files: dict[str, Content] = {**SITE, "docs/system-design/cases/ranking.md": case(uses="[topics/statistics/power]")}
    page = tree(render(made("cases-by-chapter", read(tmp_path, files)[0])))
    (row,) = page.findall(".//tbody/tr")
    assert [link.get("href") for link in row.iter("a")] == [
        "../topics/statistics/power.md",
        "../system-design/cases/ranking.md",
    ]


def test_titles_are_shown_as_they_are_written(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        **SITE,
        "docs/system-design/cases/ranking.md": case(title='"A *b* | [c] $d$ `e` < f_g_"'),
    }
    page = tree(render(made("cases-by-product", read(tmp_path, files)[0])))
    assert words(page.find(".//tbody/tr")[0]) == "A *b* | [c] $d$ `e` < f_g_"


def test_headings_of_a_listing_are_below_the_one_before_it(catalogue: Catalogue) -> None:
    text = expand("[[listing glossary]]\n\n### Deep\n\n[[listing glossary]]\n", catalogue, Path(), "a.md")
    assert re.findall(r"^(#+) P", text, re.MULTILINE) == ["##", "####"]


@pytest.mark.parametrize("text", ["```text\n[[listing glossary]]\n```\n", "See [[listing glossary]] here.\n"])
def test_only_a_line_of_its_own_is_a_listing(text: str, catalogue: Catalogue) -> None:
    assert expand(text, catalogue, Path(), "a.md") == text


def test_an_unknown_listing_is_a_problem_on_its_line(tmp_path: Path) -> None:
    catalogue = read(tmp_path, {**SITE, "docs/list.md": f"{TEXT}[[listing rounds-tabel]]\n"})[0]
    (problem,) = listings.problems(catalogue)
    assert str(problem) == ("docs/list.md:6: there is no listing `rounds-tabel`. Did you mean `rounds-table`?")


def test_notebooks_are_linked_by_their_file(tmp_path: Path) -> None:
    catalogue = read(tmp_path, {**SITE, "notebooks/two.ipynb": notebook()})[0]
    assert "](../notebooks/two.ipynb)" in made("notebooks", catalogue)


def test_the_index_of_an_area_lists_its_chapters(catalogue: Catalogue) -> None:
    page = tree(render(made("chapters", catalogue, "topics/statistics/index.md")))
    assert [link.attrib["href"] for link in page.findall(".//dt/a")] == ["tests.md", "power.md"]
