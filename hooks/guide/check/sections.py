"""The contracts of a page as a whole: its sections, what they hold, its length and the day of its review."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from guide.model.body import Heading
from guide.model.catalogue import Catalogue, Chapter, Exercise, Notebook, Page
from guide.model.labels import counted
from guide.model.problems import Problem, nearest
from guide.model.vocabulary import (
    AREA_SECTIONS,
    FRAMEWORK_AREA,
    HINTS,
    MIN_CHAPTER_QUESTIONS,
    MIN_FRAMEWORK_QUESTIONS,
    MIN_MISTAKES,
    MIN_QUESTION_KINDS,
    MIN_QUESTION_LEVELS,
    MIN_QUESTIONS,
    MIN_WHYS,
    OWED_KINDS,
    PICTURES,
    RESERVED_ANCHORS,
    SECTIONS,
    SYSTEM_SECTIONS,
)

# How far the stated minutes may be from what the text takes, as a share of the latter.
TOLERANCE: Final = 0.4
# Short pages are rounded to whole minutes, so a share alone would be too strict.
SLACK_MINUTES: Final = 2


def sections(catalogue: Catalogue) -> Iterator[Problem]:
    """A page has the `##` sections of its kind, in order, none of them empty, and one `#` heading at most."""
    for page in catalogue.pages:
        for heading in page.body.headings:
            if heading.anchor in RESERVED_ANCHORS:
                said = f"the anchor `#{heading.anchor}` belongs to the page's own parts"
                fix = f"Give the heading another: `{heading.text} {{ #the-{heading.anchor} }}`"
                yield page.problem(heading.line, said, fix)
        if isinstance(page, Notebook):
            continue
        titles = [heading for heading in page.body.headings if heading.level == 1]
        for extra in titles[1:]:
            yield page.problem(extra.line, f"there is a second `# {extra.text}`", "Begin sections with `##`")
        required = _sections_of(page)
        if isinstance(page, Exercise) and page.broken is not None:
            required = (*required, "Debug twin")
        yield from _required(page, required)


def _sections_of(page: Page) -> tuple[str, ...]:
    """Return the sections that a page owes: those of its kind, or what its area puts in their place."""
    if not isinstance(page, Chapter):
        return SECTIONS[page.kind]
    required = AREA_SECTIONS.get(page.area, SECTIONS[page.kind])
    present = {heading.text for heading in page.body.headings if heading.level == 2}
    instead = {old: new for old, new in SYSTEM_SECTIONS.items() if new in present and old not in present}
    return tuple(instead.get(name, name) for name in required)


def _required(page: Page, required: tuple[str, ...]) -> Iterator[Problem]:
    found: dict[str, Heading] = {}
    others: list[Heading] = []
    for each in (heading for heading in page.body.headings if heading.level == 2):
        if each.text not in required:
            others.append(each)
        elif each.text in found:
            yield page.problem(each.line, f"`## {each.text}` stands here twice", "Join the two sections")
        else:
            found[each.text] = each
    last_line, last_name = 1, ""
    for name in required:
        heading = found.get(name)
        if heading is None:
            meant = nearest(name, [other.text for other in others])
            same = next((other for other in others if other.text.lower() == name.lower() or other.text == meant), None)
            if same is not None:
                said = f"the section `## {name}` is missing, and `## {same.text}` stands here"
                yield page.problem(same.line, said, f"Rename it to `## {name}`")
            else:
                after = f"after `## {last_name}`" if last_name else "as the first section"
                yield page.problem(last_line, f"the section `## {name}` is missing", f"Add it {after}")
        elif heading.line < last_line:
            said = f"`## {name}` stands before `## {last_name}`"
            yield page.problem(heading.line, said, f"Move it below; the order is {', '.join(required)}")
        else:
            last_line, last_name = heading.line, name
            if not _section(page, heading).strip() and not (page.kind == "exercise" and name == "Solution"):
                yield page.problem(heading.line, f"the section `## {name}` is empty", "Write it")


def _end(page: Page, heading: Heading) -> int:
    """Return the line of the next heading of this level or above, beyond the page where there is none."""
    following = (h.line for h in page.body.headings if h.line > heading.line and h.level <= heading.level)
    return next(following, sys.maxsize)


def _section(page: Page, heading: Heading) -> str:
    """Return the text below a heading, up to the next one of its level or above."""
    lines, first = page.body.text.split("\n"), page.body.line
    return "\n".join(lines[heading.line - first + 1 : _end(page, heading) - first])


def _heading(page: Page, name: str) -> Heading | None:
    return next((h for h in page.body.headings if h.level == 2 and h.text == name), None)


def section_of(page: Page, name: str) -> tuple[int, str] | None:
    """Return the line of a `##` heading and the text below it, or None where there is no such section."""
    heading = _heading(page, name)
    return (heading.line, _section(page, heading)) if heading is not None else None


def _line_of(page: Page, name: str) -> int:
    """Return the line of a `##` heading, the first one where there is no such section."""
    heading = _heading(page, name)
    return heading.line if heading is not None else 1


def _lacks_table(page: Page, name: str) -> bool:
    """Tell whether there is such a section, and no table in it."""
    place = section_of(page, name)
    return place is not None and not re.search(r"^\s*\|?\s*:?-{2,}:?\s*\|", place[1], re.MULTILINE)


def minimums(catalogue: Catalogue) -> Iterator[Problem]:
    """A page holds as many questions, mistakes, whys and hints as its kind owes, a picture and a trade-off table."""
    for page in catalogue.pages:
        yield from _blocks(page)
        if isinstance(page, Chapter):
            yield from _variety(page)
            if (idea := _heading(page, "The idea")) and not _picture(page, idea.line, _end(page, idea)):
                yield page.problem(idea.line, "`## The idea` holds no picture", "Add a `figure` or a `mermaid` fence")
            if _lacks_table(page, "When to use it"):
                said = "`## When to use it` holds no trade-off table"
                yield page.problem(_line_of(page, "When to use it"), said, "Add a table with a recommendation")
        if page.kind in ("round", "case") and _lacks_table(page, "Rubric"):
            fix = "Add a `/// rubric` block with a table by level"
            yield page.problem(_line_of(page, "Rubric"), "`## Rubric` holds no table", fix)
        if isinstance(page, Exercise) and len(page.hints) != HINTS:
            said = f"there are {counted(len(page.hints), 'hint')}, not {HINTS}"
            fix = f"Write exactly {HINTS} blocks `/// hint | …`, each stronger than the one before"
            yield page.problem(_line_of(page, "Hints"), said, fix)


def _blocks(page: Page) -> Iterator[Problem]:
    """Yield the sections that hold fewer blocks than they owe."""
    owed = [("Questions", "question", len(page.questions), MIN_QUESTIONS.get(page.kind, 0))]
    if isinstance(page, Chapter):
        framework = page.area == FRAMEWORK_AREA
        least = MIN_FRAMEWORK_QUESTIONS if framework else MIN_CHAPTER_QUESTIONS[page.importance or "occasional"]
        owed = [
            ("Questions", "question", len(page.questions), least),
            ("Common mistakes", "mistake", len(page.mistakes), MIN_MISTAKES),
            ("Why-ladder", "why", len(page.whys), 0 if framework else MIN_WHYS),
        ]
    for section, block, count, least in owed:
        if count < least:
            have = "is 1" if count == 1 else f"are {count or 'none'}"
            said = f"a {page.kind} needs at least {least} blocks `{block}`, and there {have}"
            yield page.problem(_line_of(page, section), said, f"Add {least - count} more")


def _variety(page: Chapter) -> Iterator[Problem]:
    """Yield what the questions of a chapter lack as a set: kinds, levels, an indirect one, a number, a fault."""
    line = _line_of(page, "Questions")
    kinds = {question.kind for question in page.questions}
    levels = {question.level for question in page.questions}
    if len(kinds) < MIN_QUESTION_KINDS:
        said = f"the questions are of {counted(len(kinds), 'kind')}, not {MIN_QUESTION_KINDS} or more"
        yield page.problem(line, said, "Ask in other ways too")
    if len(levels) < MIN_QUESTION_LEVELS:
        yield page.problem(line, "all questions are of one level", "Add one that a more senior person is asked")
    if all(question.phrasing != "indirect" for question in page.questions):
        yield page.problem(line, "no question is `phrasing: indirect`", "Ask one by its symptoms")
    for asks, group in OWED_KINDS.items():
        if not kinds & group:
            names = " or ".join(f"`{kind}`" for kind in sorted(group))
            yield page.problem(line, f"no question {asks}", f"Add one of kind {names}")


def _picture(page: Page, start: int, end: int) -> bool:
    drawn = any(fence.lang in PICTURES and start < fence.line < end for fence in page.body.fences)
    return drawn or any(link.image and start < link.line < end for link in page.body.links)


def minutes(catalogue: Catalogue) -> Iterator[Problem]:
    """The stated minutes are near what the text takes; an exercise states the time to write it, so it is left alone."""
    for page in catalogue.pages:
        if page.kind not in ("chapter", "round", "case") or page.minutes is None or page.body.gaps:
            continue
        taken = reading_minutes(page)
        if abs(page.minutes - taken) > max(TOLERANCE * taken, SLACK_MINUTES):
            said = f"`minutes` says {page.minutes}, and the text takes about {taken}"
            yield page.problem("minutes", said, f"Write `minutes: {taken}`")


def dates(catalogue: Catalogue) -> Iterator[Problem]:
    """No page was reviewed in the future."""
    # A day's grace: the author may live east of the machine that checks.
    latest = date.today() + timedelta(days=1)
    for page in catalogue.pages:
        if page.reviewed is not None and page.reviewed > latest:
            said = f"`reviewed` is in the future ({page.reviewed})"
            yield page.problem("reviewed", said, "Write the day of the review")


def reading_minutes(page: Page) -> int:
    """Return the minutes that the text of a page takes to read, at least 1."""
    return max(1, round(page.body.reading_minutes))
