"""Ready-made plans and the allocation page: computed by the planner itself, and shown whole, linked and printable."""

from __future__ import annotations

import posixpath
import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from guide.check.data import allocation
from guide.model.allocation import PATH, Allocation
from guide.model.catalogue import Catalogue
from guide.model.labels import label
from guide.model.views import round_name
from guide.publish import plans
from guide.publish.data import allocation_data, catalogue_data
from guide.publish.listings import expand, known
from guide.publish.place import hours
from guide.read.allocation import parse_allocation
from guide.read.load import load
from guide.tools.node import MADE_OF, SCRIPT
from icalendar import Calendar

from tests.guide.rendering import ROOT, render, tree, with_class, words
from tests.guide.sitekit import SITE, Content, make_site

TEXT = (ROOT / PATH).read_text("utf-8")
MONDAY = date(2026, 1, 5)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SITE_URL = "https://example.org/guide/"
CATALOGUE = load(ROOT)[0]
ALLOCATION = CATALOGUE.allocation
assert ALLOCATION is not None, "the allocation has problems; tests/guide/test_allocation.py tells them"
PLANS = [plan.id for plan in ALLOCATION.ready_made.plans]


class Guide:
    """The guide of this repository, with its plans and pages made once; what is cached stays out of the repository."""

    def __init__(self, root: Path) -> None:
        self.root = make_site(root, {PATH: TEXT})
        self.catalogue: Catalogue = CATALOGUE
        assert ALLOCATION is not None
        self.allocation: Allocation = ALLOCATION
        self.computed = plans.compute(self.catalogue, self.allocation, self.root / ".cache", MONDAY, "")
        self._pages: dict[str, Element] = {}

    def page(self, src: str) -> Element:
        """Return a page of docs/ as the site shows it."""
        if src not in self._pages:
            text = (ROOT / "docs" / src).read_text("utf-8").split("---\n", 2)[2]
            self._pages[src] = tree(render(expand(text, self.catalogue, self.root, src)))
        return self._pages[src]

    def plan(self, name: str) -> Element:
        return self.page(f"{plans.FOLDER}/{name}.md")

    def sessions(self, name: str) -> list[dict[str, Any]]:
        days: list[dict[str, Any]] = self.computed["plans"][name]["plan"]["days"]
        return [session for day in days for session in day["sessions"]]


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return Guide(tmp_path_factory.mktemp("plans"))


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return a guide of a few pages that knows all rounds: enough for plans that take no time."""
    files: dict[str, Content] = {**SITE, "docs/rounds/rounds.yml": (ROOT / "docs/rounds/rounds.yml").read_bytes()}
    return load(make_site(tmp_path_factory.mktemp("rounds"), files))[0]


@pytest.fixture
def without_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python stand where no Node stands beside it."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))


def minutes(text: str) -> int:
    """Return a length as it is written: `1 h 5 min`."""
    match = re.fullmatch(r"(?:(\d+) h)?(?: ?(\d+) min)?", text)
    assert match, text
    return 60 * int(match[1] or 0) + int(match[2] or 0)


def plain(text: str) -> str:
    """Return a text with the quotation marks of a keyboard, which pages do not keep."""
    return " ".join(text.translate(str.maketrans("’‘“”", "''\"\"")).split())


def paragraphs(item: Element) -> list[str]:
    """Return the text of an item of a list, which has no paragraphs when it is short."""
    return [plain(words(each)) for each in item.findall("p")] or [plain(words(item))]


def of_session(item: Element) -> int:
    """Return the minutes that a session says."""
    (found,) = re.findall(r", (\d+) min(?: |$)", paragraphs(item)[0])
    return int(found)


def sessions_by_day(page: Element) -> list[tuple[Element, Element, list[Element]]]:
    """Return weekday, what is said of it, and its sessions, in the order of the page."""
    children = list(page)
    found = []
    for at, element in enumerate(children):
        if element.tag == "dl" and (day := with_class(element, "tl-plan-weekday")):
            boxes = children[at + 1]
            assert boxes.tag == "ul"
            found.append((day[0], element.findall("dd")[0], boxes.findall("li")))
    return found


# --- Ready-made plans ---------------------------------------------------------------------------------------------


def test_every_plan_of_the_allocation_has_a_page_that_holds_it_and_no_page_is_without_one(guide: Guide) -> None:
    folder = f"{plans.FOLDER}/"
    pages = {page.src: page for page in guide.catalogue.pages if page.src.startswith(folder)}
    assert set(pages) == {f"{folder}{name}.md" for name in (*PLANS, "index")}
    for name in PLANS:
        assert [found for found, _ in pages[f"{folder}{name}.md"].body.listings] == [f"plan-{name}"]
        assert f"plan-{name}" in known(guide.catalogue)


def test_every_plan_is_listed_with_its_time_and_the_number_of_its_sessions(guide: Guide) -> None:
    rows = guide.page(f"{plans.FOLDER}/index.md").findall(".//tbody/tr")
    assert [row.find(".//a").get("href") for row in rows] == [f"{name}.md" for name in PLANS]  # type: ignore[union-attr]
    for name, row in zip(PLANS, rows, strict=True):
        boxes = with_class(guide.plan(name), "task-list-item")
        assert int(words(row[2])) == len(boxes)
        assert minutes(words(row[1])) == sum(map(of_session, boxes))
        kinds = [words(box.findall(".//strong")[0]) for box in boxes]
        assert int(words(row[4])) == kinds.count("Design") + kinds.count("Mock")


@pytest.mark.parametrize("name", PLANS)
def test_each_session_is_an_item_of_its_own_with_its_box(guide: Guide, name: str) -> None:
    items = [item for _, _, items in sessions_by_day(guide.plan(name)) for item in items]
    planned = guide.sessions(name)
    assert len(items) == len(planned) > 0
    assert with_class(guide.plan(name), "task-list-item") == items
    for item, session in zip(items, planned, strict=True):
        assert [box.get("type") for box in item.iter("input")] == ["checkbox"]
        assert of_session(item) == session["minutes"]
        text = paragraphs(item)[0]
        assert text.startswith("Skim " if session["skim"] else f"{label(session['kind'])} ")
        for entry in session["entries"] if len(session["entries"]) > 1 else [session]:
            assert plain(entry["title"]) in text
        part = f" (part {session['part']} of {session['parts']}), " if session["parts"] > 1 else ""
        assert part in text
        assert part or "(part " not in text
        if session["round"]:
            assert text.endswith(round_name(guide.catalogue, session["round"]))


def test_how_to_do_it_stands_below_a_session_that_is_no_page(guide: Guide) -> None:
    own = 0
    for name in PLANS:
        items = with_class(guide.plan(name), "task-list-item")
        for item, session in zip(items, guide.sessions(name), strict=True):
            if session["url"] or len(session["entries"]) > 1:
                assert len(paragraphs(item)) == 1
            else:
                assert paragraphs(item)[1:] == [plain(session["text"])]
                own += 1
    assert own


@pytest.mark.parametrize("name", PLANS)
def test_the_minutes_of_a_day_are_those_of_its_sessions_and_within_what_the_day_has(guide: Guide, name: str) -> None:
    (ready,) = [plan for plan in guide.allocation.ready_made.plans if plan.id == name]
    total = 0
    for weekday, said, items in sessions_by_day(guide.plan(name)):
        planned = minutes(words(said).split(", ")[0])
        assert planned == sum(map(of_session, items))
        assert planned <= ready.minutes[WEEKDAYS.index(words(weekday))]
        total += planned
    (opening,) = [words(each) for each in guide.plan(name).iter("p") if "Change anything in the planner" in words(each)]
    assert minutes(opening.split(" for a ")[0]) == total


@pytest.mark.parametrize("name", PLANS)
def test_weekdays_follow_one_another_and_the_last_is_the_day_before_the_interview(guide: Guide, name: str) -> None:
    page = guide.plan(name)
    days = [words(weekday) for weekday, _, _ in sessions_by_day(page)]
    planned = [day for day in guide.computed["plans"][name]["plan"]["days"] if day["sessions"]]
    assert days == [f"{date.fromisoformat(day['date']):%A}" for day in planned]
    light = [words(said).endswith(", the day before the interview") for _, said, _ in sessions_by_day(page)]
    assert light == [day["light"] for day in planned]


@pytest.mark.parametrize("name", PLANS)
def test_weeks_and_what_was_left_out_stand_below_the_title(guide: Guide, name: str) -> None:
    page = guide.plan(name)
    headings = [element for element in page.iter() if re.fullmatch(r"h[1-6]", element.tag)]
    assert {heading.tag for heading in headings} <= {"h2"}
    anchors = [heading.get("id") for heading in headings]
    answer = guide.computed["plans"][name]["plan"]
    weeks = {(date.fromisoformat(day["date"]) - MONDAY).days // 7 + 1 for day in answer["days"] if day["sessions"]}
    several = len(sessions_by_day(page)) > 1
    assert anchors == [f"week-{week}" for week in sorted(weeks) if several] + ["left-out"] * bool(answer["left"])
    if answer["left"]:
        listed = page.findall("ul")[-1].findall("li")
        assert with_class(page, "task-list")[-1] is not page.findall("ul")[-1]
        rest = [int(found) for found in re.findall(r"And (\d+) more things? of less weight", words(page))]
        assert len(listed) + sum(rest) == len(answer["left"])
        for item, left in zip(listed, answer["left"], strict=False):
            assert plain(left["title"]) in plain(words(item))
            assert plain(words(item)).endswith(plain(left["why"]))


def test_headings_stand_below_the_one_before_the_plan(guide: Guide) -> None:
    text = "## A\n\n### B\n\n[[listing plan-weekend-full]]\n"
    page = tree(render(expand(text, guide.catalogue, guide.root, "plan/ready-made/weekend-full.md")))
    assert [element.get("id") for element in page.iter("h4")] == ["week-1", "left-out"]


@pytest.mark.parametrize("name", PLANS)
def test_every_link_of_a_plan_leads_to_a_page_and_to_a_place_on_it(guide: Guide, name: str) -> None:
    pages = {page.src: page for page in guide.catalogue.pages}
    here = f"{plans.FOLDER}/{name}.md"
    seen = 0
    for link in guide.plan(name).iter("a"):
        target, _, anchor = link.attrib["href"].partition("#")
        if not target:
            assert [each for each in guide.plan(name).iter() if each.get("id") == anchor]
        elif target.endswith(".ics"):
            assert target == f"{name}.ics"
        else:
            page = pages[posixpath.normpath(posixpath.join(posixpath.dirname(here), target))]
            if page.src == "plan/index.md":
                # The plan's own settings, or the planner as it is: a session may lead there.
                assert anchor in ("", guide.computed["plans"][name]["link"])
            elif anchor and not page.body.listings:
                assert anchor in page.anchors or anchor == "debug-twin", link.attrib["href"]
            seen += 1
    assert seen > 3


@pytest.mark.parametrize("name", PLANS)
def test_shares_and_bookings_say_what_is_planned_for_each_round(guide: Guide, name: str) -> None:
    rows = guide.plan(name).findall(".//tbody/tr")
    answer = guide.computed["plans"][name]["plan"]
    planned = {
        round_name(guide.catalogue, line["round"]): line["planned"]
        for line in (*answer["shares"], *answer["bookings"])
        if line["planned"]
    }
    assert [words(row[0]) for row in rows] == list(planned)
    assert [minutes(words(row[2])) for row in rows] == [round(each) for each in planned.values()]
    beside = {round_name(guide.catalogue, line["round"]) for line in answer["bookings"]}
    for row in rows:
        assert (words(row[1]) == "beside") == (words(row[0]) in beside)


# --- The allocation page ------------------------------------------------------------------------------------------


def sources(page: Element) -> dict[str, str]:
    """Return the ids of the sources of a page, and what is said of each."""
    return {
        str(term.get("id")).removeprefix("source-"): words(term)
        for term in page.iter("dt")
        if str(term.get("id")).startswith("source-")
    }


def test_everything_that_moves_time_is_shown_with_its_reason_and_a_link_to_its_source(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    shown = [element for element in page.iter() if element.tag in ("td", "li", "p")]
    for path, thing in guide.allocation.reasoned():
        fitting = [element for element in shown if plain(thing.reason) in plain(words(element))]
        assert fitting, f"{path} is not shown"
        assert any(
            f"#source-{thing.source}" in [link.get("href") for link in element.iter("a")]
            and (thing.judged is None or plain(thing.judged) in [plain(words(mark)) for mark in element.iter("em")])
            for element in fitting
        ), path


def test_every_source_can_be_linked_to_and_says_who_and_when(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    assert sources(page) == {name: each.title for name, each in guide.allocation.sources.items()}
    for each in guide.allocation.sources.values():
        assert f"{each.by}; {each.date}." in [words(said) for said in page.iter("dd")]


def rows_below(page: Element, *head: str) -> list[list[str]]:
    """Return the cells of all tables whose head begins with these columns, row by row."""
    return [
        [words(cell) for cell in row]
        for table in page.iter("table")
        if tuple(words(cell) for cell in table.iter("th"))[: len(head)] == head
        for row in table.findall(".//tbody/tr")
    ]


def test_the_shares_say_which_rounds_they_pay_for(guide: Guide) -> None:
    rows = rows_below(guide.page("plan/allocation.md"), "Share", "Of the time")
    assert [row[:2] for row in rows] == [[each.name, f"{each.percent:g}%"] for each in guide.allocation.shares]
    paid = [name for row in rows for name in row[2].split(", ")]
    assert sorted(paid) == sorted(facts.name for facts in guide.catalogue.rounds if facts.allocation != "outside")


def test_each_rule_says_when_it_applies_and_what_it_moves(guide: Guide) -> None:
    rows = rows_below(guide.page("plan/allocation.md"), "When", "What moves")
    assert len(rows) == len(guide.allocation.rules)
    said = dict(zip([rule.id for rule in guide.allocation.rules], rows, strict=True))
    assert said["entry-breadth"][:2] == ["Entry level", "15 points from ML depth to ML breadth"]
    assert said["ml-coding-confirmed"][0] == "ML coding or ML debugging is certain"
    assert said["ml-coding-start-up"][0] == "Start-up; ML coding or ML debugging is possible"
    assert said["ml-coding-unconfirmed"][1] == "nothing"


def test_each_weight_and_booking_rule_says_what_it_weighs(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    weights = dict(
        zip([each.id for each in guide.allocation.weights], rows_below(page, "When", "What weighs"), strict=True)
    )
    assert weights["production-platform"][:2] == ["ML platform engineer", "Production ML × 1.5"]
    assert weights["papers-researcher"][1] == "“Read a recent paper of your field and sketch one extension” × 2"
    assert weights["speciality"][:2] == ["A speciality is chosen", "your field × 1.25"]
    assert weights["shared-speciality"][1] == "what other fields share with all × 0.6"
    assert weights["launch-senior"][1].startswith("A/B testing, ")
    assert weights["other-speciality"][:2] == ["Always", "other fields × 0.25"]
    rules = rows_below(page, "When", "What changes")
    assert len(rules) == len(guide.allocation.booking_rules)
    assert ["Non-tech company", "Coding and algorithms, AI-assisted coding × 0.5"] in [row[:2] for row in rules]
    assert ["Senior or staff level", "Behavioral × 1.25"] in [row[:2] for row in rules]


def test_each_booking_says_how_often_how_long_and_its_limit(guide: Guide) -> None:
    rows = rows_below(guide.page("plan/allocation.md"), "Round", "How it is booked")
    assert [row[0] for row in rows] == [round_name(guide.catalogue, each.round) for each in guide.allocation.bookings]
    said = {row[0]: row[1] for row in rows}
    assert said["Coding and algorithms"] == "2 × 50 min a week, at most 25% of the time"
    assert said["Take-home assignment"] == "2 h, at most 12% of the time"


def test_each_loop_has_its_heading_and_all_its_interviews(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    headings = [each for each in page.iter("h3") if str(each.get("id")).startswith("loop-")]
    assert [each.get("id") for each in headings] == [f"loop-{loop.company}" for loop in guide.allocation.loops]
    assert [words(each).rstrip("¶") for each in headings] == [loop.name for loop in guide.allocation.loops]
    rows = rows_below(page, "Round", "Interviews")
    interviews = [each for loop in guide.allocation.loops for each in loop.interviews]
    assert [row[:3] for row in rows] == [
        [
            round_name(guide.catalogue, each.round),
            f"{each.count} × {each.minutes} min",
            "usual" if each.certainty == "sure" else "possible",
        ]
        for each in interviews
    ]
    assert {row[3] for row in rows} >= {"all", "senior, staff"}


def test_each_activity_says_what_how_long_and_for_which_rounds(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    rows = rows_below(page, "What", "How long, how often")
    for row, each in zip(rows, guide.allocation.activities, strict=True):
        assert plain(row[0]) == plain(f"{label(each.kind)} {each.title}. {each.text}")
        assert row[1].startswith(f"{each.minutes} min, ")
        assert (row[1].endswith("once")) == (each.times == 1)
        assert row[2] == (", ".join(round_name(guide.catalogue, name) for name in each.rounds) or "every loop")
    mocks = guide.allocation.mocks
    assert f"at least 2 h left gets {mocks.certain} mock interviews; more take up to {mocks.share:g}%" in words(page)


def test_what_a_round_holds_in_any_case_names_its_rounds_and_how_often(guide: Guide) -> None:
    page = words(guide.page("plan/allocation.md"))
    for floor in guide.allocation.floors:
        rounds = ", ".join(round_name(guide.catalogue, name) for name in floor.rounds)
        assert f"{rounds}. For about {hours(floor.every)}, " in page
    assert f"With {hours(guide.allocation.thorough.from_)} or more in all, core chapters" in page


def test_each_value_says_what_it_is_and_all_its_figures(guide: Guide) -> None:
    rows = rows_below(guide.page("plan/allocation.md"), "What", "Points")
    values = guide.allocation.values.values()
    figures = [(each.usual, each.soon or each.usual, each.brief) for each in values]
    assert [row[1:4] for row in rows] == [[f"{one:g}" for one in each] for each in figures]
    assert all(plain(each.reason) in plain(row[4]) for row, each in zip(rows, values, strict=True))


def test_links_of_the_allocation_page_lead_to_pages(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    files = {each.src for each in guide.catalogue.pages}
    ids = {each.get("id") for each in page.iter()}
    for link in page.iter("a"):
        target, _, anchor = link.attrib["href"].partition("#")
        assert posixpath.normpath(posixpath.join("plan", target)) in files if target else anchor in ids


def test_the_worked_example_begins_with_the_playbook(guide: Guide) -> None:
    page = guide.page("plan/allocation.md")
    (table,) = [each for each in page.iter("table") if words(each.findall(".//th")[0]).startswith("Forty hours")]
    head = [words(cell) for cell in table.iter("th")][1:]
    rows = {
        words(row[0]): dict(zip(head, [words(cell) for cell in row[1:]], strict=True))
        for row in table.findall(".//tbody/tr")
    }
    assert head == [facts.name for facts in guide.catalogue.rounds if facts.name in head]
    none = dict.fromkeys(head, "–")
    three = {"ML breadth": "14 h (35%)", "ML depth": "10 h (25%)", "ML system design": "16 h (40%)"}
    assert rows["The three rounds of the playbook"] == none | three
    entry = {"ML breadth": "20 h (50%)", "ML depth": "4 h (10%)", "ML system design": "16 h (40%)"}
    assert rows["At entry level"] == none | entry
    confirmed = three | {"ML breadth": "10 h (25%)", "ML coding": "4 h (10%)"}
    assert rows["ML coding is confirmed"] == none | confirmed
    for name, cells in rows.items():
        hours = [minutes(cell.split(" (")[0]) for cell in cells.values() if cell != "–"]
        assert sum(hours) == pytest.approx(40 * 60, abs=len(hours) / 2), name


def with_allocation(guide: Guide, text: str) -> Catalogue:
    allocation, found = parse_allocation(text)
    assert found == []
    return guide.catalogue.model_copy(update={"allocation": allocation})


def test_a_rule_for_readers_without_a_speciality_says_so(guide: Guide, tmp_path: Path) -> None:
    text = TEXT.replace("speciality: true", "speciality: false")
    page = tree(render(expand("[[listing allocation-weights]]", with_allocation(guide, text), tmp_path, "plan/x.md")))
    assert "No speciality is chosen" in [words(row[0]) for row in page.findall(".//tbody/tr")]


def test_signs_of_markdown_in_the_allocation_are_shown_as_they_are(guide: Guide, tmp_path: Path) -> None:
    reason = "Time * worth | [x](y) _is_ `a` {b} < c # d."
    text = TEXT.replace("reason: You set this share yourself, and the others followed.", f'reason: "{reason}"')
    shares = text.replace("reason: Rare. It gets up", f'reason: "{reason}"\n    judged: It gets up')
    catalogue = with_allocation(guide, shares)
    for name in ("allocation-steps", "allocation-shares"):
        page = tree(render(expand(f"[[listing {name}]]", catalogue, tmp_path, "plan/allocation.md")))
        assert f"{reason} " in words(page)


# --- Without an allocation ----------------------------------------------------------------------------------------

BROKEN: dict[str, dict[str, Content]] = {
    "missing": {},
    "unsound": {PATH: TEXT.replace("percent: 35", "percent: 36")},
    "not YAML": {PATH: "shares: [\n"},
    "not UTF-8": {PATH: b"\xff\xfe"},
}
EMPTY = "What is listed here is being written."


def site_of_plans(files: dict[str, Content]) -> dict[str, Content]:
    rounds = (ROOT / "docs/rounds/rounds.yml").read_text("utf-8")
    pages = {f"docs/{plans.FOLDER}/{name}.md": "" for name in ("index", *PLANS)}
    return {"docs/rounds/rounds.yml": rounds, **pages, **files}


@pytest.mark.parametrize("state", BROKEN)
def test_a_page_says_that_its_plan_is_not_there_yet(tmp_path: Path, state: str) -> None:
    catalogue, problems = load(make_site(tmp_path, site_of_plans(BROKEN[state])))
    listed = [name for name in known(catalogue) if re.match(r"plan-|allocation-|ready-made", name)]
    assert {f"plan-{name}" for name in PLANS} < set(listed)
    for name in listed:
        assert expand(f"[[listing {name}]]", catalogue, tmp_path, "plan/index.md").strip() == EMPTY
    assert PATH in {problem.path for problem in (*problems, *allocation(catalogue))}


def test_a_page_follows_the_file_while_it_is_broken_and_corrected(tmp_path: Path) -> None:
    # One plan of all is enough here.
    text = re.sub(r"    - \{ id: (?!one-evening-full).*\n", "", TEXT)
    other = "  level: senior\n  role: data-scientist\n  company: start-up"
    versions = (
        (text, "for a mid-level ML engineer and the loop of a large tech company."),
        (text.replace("percent: 35", "percent: 36"), EMPTY),
        (
            text.replace("  level: mid\n  role: ml-engineer\n  company: large", other),
            "for a senior-level data scientist and the loop of a start-up.",
        ),
    )
    for version, said in versions:
        catalogue, _ = load(make_site(tmp_path, site_of_plans({PATH: version})))
        page = expand("[[listing plan-one-evening-full]]", catalogue, tmp_path, "plan/x.md")
        assert said in words(tree(render(page)))


def test_plans_keep_their_listings_while_the_allocation_is_broken(tmp_path: Path) -> None:
    pages: dict[str, Content] = {f"docs/{plans.FOLDER}/{name}.md": "" for name in ("index", "a-week", "a-month")}
    assert plans.names(load(make_site(tmp_path, {PATH: TEXT, **pages}))[0]) == PLANS
    assert plans.names(load(make_site(tmp_path, {PATH: "broken", **pages}))[0]) == ["a-month", "a-week"]


# --- Running the planner ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("without_node")
def test_what_was_computed_is_not_computed_again(guide: Guide) -> None:
    again = plans.compute(guide.catalogue, guide.allocation, guide.root / ".cache", MONDAY, "")
    assert again == guide.computed


@pytest.mark.usefixtures("without_node")
@pytest.mark.parametrize("changed", ["allocation", "catalogue", "start", "site"])
def test_a_change_of_anything_that_goes_into_a_plan_computes_it_anew(
    guide: Guide, rounds: Catalogue, changed: str
) -> None:
    limit = {"outside_at_most": guide.allocation.outside_at_most - 1}
    allocation = guide.allocation.model_copy(update=limit) if changed == "allocation" else guide.allocation
    with pytest.raises(plans.PlanError, match="Node is missing"):
        plans.compute(
            rounds if changed == "catalogue" else guide.catalogue,
            allocation,
            guide.root / ".cache",
            MONDAY + timedelta(days=7 * (changed == "start")),
            SITE_URL if changed == "site" else "",
        )


def test_every_module_that_the_planner_imports_goes_into_the_key() -> None:
    found: set[Path] = set()
    waiting = [SCRIPT.with_name("plans.mjs")]
    while waiting:
        module = waiting.pop()
        found.add(module)
        for target in re.findall(r'from "(\.[^"]+)"', module.read_text("utf-8")):
            imported = (module.parent / target).resolve()
            if imported not in found:
                waiting.append(imported)
    assert len(found) > 5
    assert found <= {path.resolve() for path in MADE_OF["plans"][0]}


def test_an_error_of_the_planner_is_told_in_its_words_and_not_kept(
    guide: Guide, rounds: Catalogue, tmp_path: Path
) -> None:
    broken = guide.allocation.model_copy(update={"steps": {}})
    for _ in range(2):
        with pytest.raises(plans.PlanError, match=r"The planner cannot be run: .*undefined"):
            plans.compute(rounds, broken, tmp_path, MONDAY, "")


def test_a_plan_is_computed_from_what_the_site_publishes(guide: Guide) -> None:
    published = {item["id"]: item for item in catalogue_data(guide.catalogue)["items"]}
    activities = {f"activity:{each['id']}" for each in allocation_data(guide.allocation, guide.catalogue)["activities"]}
    for name in PLANS:
        for session in guide.sessions(name):
            for item in session["items"]:
                assert item in published or item in activities, item


# --- Calendar files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        ("2026-11-20", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-11-23", "2026-11-30"),
        ("2026-12-31", "2027-01-04"),
        ("2028-02-28", "2028-03-06"),
        ("2028-02-29", "2028-03-06"),
    ],
)
def test_the_first_monday_is_after_the_day_of_the_build(today: str, monday: str) -> None:
    assert plans.first_monday(date.fromisoformat(today)).isoformat() == monday


def test_a_build_can_be_told_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    # One second before and one after a Sunday ends, in UTC.
    ends = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
    for second, monday in ((-1, date(2026, 11, 23)), (1, date(2026, 11, 30))):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(ends + second))
        assert plans.first_monday() == monday


def test_a_build_that_is_told_no_day_takes_the_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).date()
    found = plans.first_monday()
    assert found in (plans.first_monday(before), plans.first_monday(datetime.now(UTC).date()))
    assert found.weekday() == 0
    assert found > before


TODAY = date(2026, 11, 20)
START = date(2026, 11, 23)


@pytest.fixture(scope="module")
def calendars(guide: Guide) -> dict[str, str]:
    return plans.calendars(guide.catalogue, guide.root / ".cache", SITE_URL, TODAY)


def events(text: str) -> dict[str, Any]:
    """Return the events of a calendar file by their name."""
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_there_is_a_calendar_file_beside_each_plan(calendars: dict[str, str]) -> None:
    assert list(calendars) == [f"{plans.FOLDER}/{name}.ics" for name in PLANS]


@pytest.mark.parametrize("name", PLANS)
def test_a_calendar_begins_in_the_week_of_its_monday_and_ends_with_the_interview(
    guide: Guide, calendars: dict[str, str], name: str
) -> None:
    (ready,) = [plan for plan in guide.allocation.ready_made.plans if plan.id == name]
    found = sorted(
        (event["DTSTART"].dt, str(event["SUMMARY"]))
        for event in events(calendars[f"{plans.FOLDER}/{name}.ics"]).values()
    )
    assert START.weekday() == 0
    first = next(day for day, available in enumerate(ready.minutes) if available)
    assert found[0][0] == START + timedelta(days=first)
    assert found[-1] == (START + timedelta(days=ready.days), "Interview")
    # One event for each day that has sessions, on the same weekdays as the page says, and the interview.
    days = [words(weekday) for weekday, _, _ in sessions_by_day(guide.plan(name))]
    assert [f"{day:%A}" for day, _ in found[:-1]] == days


@pytest.mark.parametrize("name", PLANS)
def test_a_calendar_links_to_the_site_that_was_built(guide: Guide, calendars: dict[str, str], name: str) -> None:
    urls = {page.url for page in guide.catalogue.pages}
    text = "\n".join(
        str(event.get("DESCRIPTION", "")) for event in events(calendars[f"{plans.FOLDER}/{name}.ics"]).values()
    )
    links = re.findall(r"https?://\S+", text)
    assert links
    for link in links:
        assert link.startswith(SITE_URL)
        assert link.removeprefix(SITE_URL).partition("#")[0] in urls


def test_a_later_file_moves_the_same_events(guide: Guide, calendars: dict[str, str]) -> None:
    later = plans.calendars(guide.catalogue, guide.root / ".cache", SITE_URL, TODAY + timedelta(days=14))
    for path, text in calendars.items():
        before, after = events(text), events(later[path])
        assert len(before) == text.count("BEGIN:VEVENT")
        assert before.keys() == after.keys()
        for name, event in before.items():
            assert after[name]["DTSTART"].dt == event["DTSTART"].dt + timedelta(days=14)
            assert after[name]["SEQUENCE"] > event["SEQUENCE"]


def test_no_two_plans_share_an_event(calendars: dict[str, str]) -> None:
    names = [name for text in calendars.values() for name in events(text)]
    assert len(names) == len(set(names))


def test_lines_of_a_calendar_are_as_rfc_5545_wants_them(calendars: dict[str, str]) -> None:
    for text in calendars.values():
        assert text.endswith("\r\n")
        for line in text.encode().split(b"\r\n"):
            assert len(line) <= 75
            assert b"\n" not in line
