"""The contracts of the guide, one function a rule.

A rule takes the catalogue and yields Problems; it never stops at the first, never raises, and knows nothing of the
other rules. What a file's syntax got wrong was already reported by `load`; rules are about what the content says. To
add one, write a function with `@rule` and a docstring that says what it demands: `check` runs all of them.
"""

from __future__ import annotations

import ast
import difflib
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from guide.model.body import Heading, Link
from guide.model.catalogue import Catalogue, Chapter, Exercise, Notebook, Page, Question, RoundChapter
from guide.model.labels import term_anchor
from guide.model.problems import Problem, nearest, ordered, suggestion
from guide.model.vocabulary import (
    AREAS,
    COMPUTED_KINDS,
    HINTS,
    MAX_FULL_WORDS,
    MAX_POINTS,
    MAX_SHORT_WORDS,
    MIN_CHAPTER_QUESTIONS,
    MIN_CHECKS,
    MIN_MISTAKES,
    MIN_MUTANTS,
    MIN_POINTS,
    MIN_QUESTION_KINDS,
    MIN_QUESTION_LEVELS,
    MIN_QUESTIONS,
    MIN_WHYS,
    OWED_KINDS,
    PATTERN_AREA,
    PATTERN_SECTIONS,
    QUESTION_PARTS,
    RESERVED_ANCHORS,
    ROUNDS,
    SECTIONS,
    SYSTEM_SECTIONS,
)
from guide.read.exercises import ExerciseError, mutate, parse_python
from guide.read.includes import expand
from guide.read.includes import texts as included_texts
from guide.read.markdown import count_words, included
from guide.read.markup import is_address
from guide.read.pages import follow_ups, list_items
from guide.read.svg import svg_problems

Rule = Callable[[Catalogue], Iterable[Problem]]
RULES: Final[dict[str, Rule]] = {}

# How far the stated minutes may be from what the text takes, as a share of the latter.
TOLERANCE: Final = 0.4
# Short pages are rounded to whole minutes, so a share alone would be too strict.
SLACK_MINUTES: Final = 2


def rule(function: Rule) -> Rule:
    """Register a rule under the name of its function."""
    RULES[function.__name__] = function
    return function


def check(catalogue: Catalogue, root: Path | None = None) -> list[Problem]:
    """Run every rule and return all Problems, in the order of their places.

    `root` is where the catalogue was read; no rule needs the disk any more, so it may be left out.
    """
    return ordered(problem for run in RULES.values() for problem in run(catalogue))


def reading_minutes(page: Page) -> int:
    """Return the minutes that the text of a page takes to read, at least 1."""
    return max(1, round(page.body.reading_minutes))


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# --- Sections and what they hold ----------------------------------------------------------------------------------


@rule
def sections(catalogue: Catalogue) -> Iterator[Problem]:
    """A page has the `##` sections of its kind, in order, none of them empty, and one `#` heading at most."""
    for page in catalogue.pages:
        for heading in page.body.headings:
            if heading.anchor in RESERVED_ANCHORS:
                yield Problem(
                    page.path,
                    heading.line,
                    f"the anchor `#{heading.anchor}` belongs to the page's own parts",
                    f"Give the heading another: `{heading.text} {{ #the-{heading.anchor} }}`",
                )
        if isinstance(page, Notebook):
            continue
        titles = [heading for heading in page.body.headings if heading.level == 1]
        for extra in titles[1:]:
            yield Problem(page.path, extra.line, f"there is a second `# {extra.text}`", "Begin sections with `##`")
        required = _sections_of(page)
        if isinstance(page, Exercise) and page.broken is not None:
            required = (*required, "Debug twin")
        yield from _required(page, required)


def _sections_of(page: Page) -> tuple[str, ...]:
    """Return the sections that a page owes: those of its kind, or what its area puts in their place."""
    required = SECTIONS[page.kind]
    if not isinstance(page, Chapter):
        return required
    if page.area == PATTERN_AREA:
        instead = PATTERN_SECTIONS
    else:
        present = {heading.text for heading in page.body.headings if heading.level == 2}
        instead = {old: new for old, new in SYSTEM_SECTIONS.items() if new in present and old not in present}
    return tuple(instead.get(name, name) for name in required)


def _required(page: Page, required: tuple[str, ...]) -> Iterator[Problem]:
    found: dict[str, Heading] = {}
    others: list[Heading] = []
    for heading in page.body.headings:
        if heading.level != 2:
            continue
        if heading.text not in required:
            others.append(heading)
        elif heading.text in found:
            yield Problem(page.path, heading.line, f"`## {heading.text}` stands here twice", "Join the two sections")
        else:
            found[heading.text] = heading
    last_line, last_name = 1, ""
    for name in required:
        if name not in found:
            meant = nearest(name, [other.text for other in others])
            same = next((other for other in others if other.text.lower() == name.lower() or other.text == meant), None)
            if same is not None:
                yield Problem(
                    page.path,
                    same.line,
                    f"the section `## {name}` is missing, and `## {same.text}` stands here",
                    f"Rename it to `## {name}`",
                )
            else:
                after = f"after `## {last_name}`" if last_name else "as the first section"
                yield Problem(page.path, last_line, f"the section `## {name}` is missing", f"Add it {after}")
            continue
        heading = found[name]
        if heading.line < last_line:
            yield Problem(
                page.path,
                heading.line,
                f"`## {name}` stands before `## {last_name}`",
                f"Move it below; the order is {', '.join(required)}",
            )
            continue
        last_line, last_name = heading.line, name
        if not _section(page, heading).strip() and not (page.kind == "exercise" and name == "Solution"):
            yield Problem(page.path, heading.line, f"the section `## {name}` is empty", "Write it")


def _section(page: Page, heading: Heading) -> str:
    """Return the text below a heading, up to the next one of its level or above."""
    lines = page.body.text.split("\n")
    following = (h.line for h in page.body.headings if h.line > heading.line and h.level <= heading.level)
    end = next(following, page.body.line + len(lines))
    return "\n".join(lines[heading.line - page.body.line + 1 : end - page.body.line])


def _lines_of(page: Page, name: str) -> tuple[Heading, int, int] | None:
    """Return the heading of a `##` section and the lines between which it stands."""
    heading = next((h for h in page.body.headings if h.level == 2 and h.text == name), None)
    if heading is None:
        return None
    following = (h.line for h in page.body.headings if h.line > heading.line and h.level <= 2)
    return heading, heading.line, next(following, sys.maxsize)


def _has_table(page: Page, name: str) -> bool:
    heading = next((h for h in page.body.headings if h.level == 2 and h.text == name), None)
    return heading is None or bool(re.search(r"^\s*\|?\s*:?-{2,}:?\s*\|", _section(page, heading), re.MULTILINE))


@rule
def minimums(catalogue: Catalogue) -> Iterator[Problem]:
    """A page holds as many questions, mistakes, whys and hints as its kind owes, a picture and a trade-off table."""
    for page in catalogue.pages:
        least = MIN_QUESTIONS.get(page.kind, 0)
        if isinstance(page, Chapter):
            least = MIN_CHAPTER_QUESTIONS[page.importance or "occasional"]
            yield from _variety(page)
        if len(page.questions) < least:
            yield _too_few(page, "Questions", len(page.questions), least, "question")
        if isinstance(page, Chapter):
            if len(page.mistakes) < MIN_MISTAKES:
                yield _too_few(page, "Common mistakes", len(page.mistakes), MIN_MISTAKES, "mistake")
            if len(page.whys) < MIN_WHYS:
                yield _too_few(page, "Why-ladder", len(page.whys), MIN_WHYS, "why")
            if (place := _lines_of(page, "The idea")) and not _picture(page, place[1], place[2]):
                yield Problem(
                    page.path, place[1], "`## The idea` holds no picture", "Add a `figure` or a `mermaid` fence"
                )
            if not _has_table(page, "When to use it") and (place := _lines_of(page, "When to use it")):
                yield Problem(
                    page.path,
                    place[1],
                    "`## When to use it` holds no trade-off table",
                    "Add a table with a recommendation",
                )
        if page.kind in ("round", "case") and not _has_table(page, "Rubric") and (place := _lines_of(page, "Rubric")):
            yield Problem(
                page.path, place[1], "`## Rubric` holds no table", "Add a `/// rubric` block with a table by level"
            )
        if isinstance(page, Exercise) and len(page.hints) != HINTS:
            place = _lines_of(page, "Hints")
            yield Problem(
                page.path,
                place[1] if place else 1,
                f"there are {_plural(len(page.hints), 'hint')}, not {HINTS}",
                f"Write exactly {HINTS} blocks `/// hint | …`, each stronger than the one before",
            )


def _variety(page: Chapter) -> Iterator[Problem]:
    """Yield what the questions of a chapter lack as a set: kinds, levels, an indirect one, a number, a fault."""
    place = _lines_of(page, "Questions")
    line = place[1] if place else 1
    kinds = {question.kind for question in page.questions}
    levels = {question.level for question in page.questions}
    if len(kinds) < MIN_QUESTION_KINDS:
        yield Problem(
            page.path,
            line,
            f"the questions are of {_plural(len(kinds), 'kind')}, not {MIN_QUESTION_KINDS} or more",
            "Ask in other ways too",
        )
    if len(levels) < MIN_QUESTION_LEVELS:
        yield Problem(page.path, line, "all questions are of one level", "Add one that a more senior person is asked")
    if all(question.phrasing != "indirect" for question in page.questions):
        yield Problem(page.path, line, "no question is `phrasing: indirect`", "Ask one by its symptoms")
    for asks, group in OWED_KINDS.items():
        if not kinds & group:
            names = " or ".join(f"`{kind}`" for kind in sorted(group))
            yield Problem(page.path, line, f"no question {asks}", f"Add one of kind {names}")


def _too_few(page: Page, section: str, count: int, least: int, block: str) -> Problem:
    place = _lines_of(page, section)
    have = "is 1" if count == 1 else f"are {count or 'none'}"
    return Problem(
        page.path,
        place[1] if place else 1,
        f"a {page.kind} needs at least {least} blocks `{block}`, and there {have}",
        f"Add {least - count} more",
    )


def _picture(page: Page, start: int, end: int) -> bool:
    drawn = any(fence.lang in ("figure", "mermaid") and start < fence.line < end for fence in page.body.fences)
    return drawn or any(link.image and start < link.line < end for link in page.body.links)


# --- Blocks -------------------------------------------------------------------------------------------------------


@rule
def questions(catalogue: Catalogue) -> Iterator[Problem]:
    """A question has a text, its own id, a short and a full answer and follow-ups; compute kinds show the code."""
    for page in catalogue.pages:
        first: dict[str, int] = {}
        anchors = {heading.anchor: heading for heading in page.body.headings}
        for question in page.questions:
            yield from _question(page, question)
            at = question.lines.get("id", question.line)
            if question.slug in first:
                yield Problem(
                    page.path,
                    at,
                    f"the question id `{question.slug}` is already used on line {first[question.slug]}",
                    "Give this question an id of its own; published ids never change",
                )
            elif question.slug in RESERVED_ANCHORS:
                yield Problem(
                    page.path,
                    at,
                    f"the question id `{question.slug}` belongs to the page's own parts",
                    "Choose another id",
                )
            elif question.slug in anchors:
                yield Problem(
                    page.path,
                    at,
                    f"the question id `{question.slug}` is also the anchor of the heading on line"
                    f" {anchors[question.slug].line}",
                    "Choose another id",
                )
            first.setdefault(question.slug, at)


def _question(page: Page, question: Question) -> Iterator[Problem]:
    name = question.title if len(question.title) <= 50 else question.title[:47].rstrip() + "…"
    if not question.title.strip():
        yield Problem(page.path, question.line, "the question has no text", "Write `//// question | What is asked?`")
    for part, text in (
        ("short", question.short),
        ("full", question.full),
        ("points", question.points),
        ("follow-ups", question.follow_ups),
    ):
        if part not in question.lines:
            yield Problem(
                page.path,
                question.line,
                f"the question `{name}` has no `{part}`",
                f"Add `/// {part}` … `///` inside it",
            )
        elif not text.strip():
            yield Problem(page.path, question.lines[part] - 1, f"`{part}` is empty", "Write it")
        elif part == "follow-ups" and not follow_ups(question):
            yield Problem(
                page.path,
                question.lines[part],
                "`follow-ups` is not a list",
                "Write each as `- The question — its answer.`",
            )
    points = len(list_items(question.points))
    if question.points.strip() and not MIN_POINTS <= points <= MAX_POINTS:
        yield Problem(
            page.path,
            question.lines["points"],
            f"`points` is a list of {points}, not of {MIN_POINTS} to {MAX_POINTS}",
            "Write what a listener would tick, one claim an item: `- …`",
        )
    for part, text, most, time in (
        ("short", question.short, MAX_SHORT_WORDS, "30 seconds"),
        ("full", question.full, MAX_FULL_WORDS, "two minutes"),
    ):
        words = count_words(text)
        if words > most:
            yield Problem(
                page.path,
                question.lines.get(part, question.line),
                f"`{part}` has {words} words, more than can be said in {time}",
                f"Shorten it to {most} words or fewer",
            )
    yield from _shown(page, question)
    if question.kind in COMPUTED_KINDS and not _computed(page, question):
        yield Problem(
            page.path,
            question.lines.get("kind", question.line),
            f"a question of kind `{question.kind}` shows no computation",
            "Add a ```python fence with its ```output fence to `full`, or in a block `/// computed`",
        )


def _shown(page: Page, question: Question) -> Iterator[Problem]:
    """Yield what a question of its kind has to show and does not: the code with the bug, code, or a derivation."""
    fences = [fence for fence in page.body.fences if question.line < fence.line < question.end_line]
    line = question.lines.get("kind", question.line)
    if question.kind == "find-the-bug" and not any(f.line < question.lines.get("short", 0) for f in fences):
        yield Problem(page.path, line, "the code with the bug is not shown before `short`", "Put it above the answers")
    if question.kind == "implement" and not any(fence.lang == "python" for fence in fences):
        yield Problem(
            page.path, line, "a question of kind `implement` holds no code", "Add a ```python fence to `full`"
        )
    mathematics = "$" in question.full or re.search(r"\]\([^)]*#", question.full)
    if question.kind == "derive" and question.full.strip() and not mathematics:
        yield Problem(
            page.path,
            line,
            "a question of kind `derive` neither holds mathematics nor links to it",
            "Link to the section that derives it: `[title](#its-anchor)`",
        )


def _computed(page: Page, question: Question) -> bool:
    return any(
        output is not None and question.line < code.line < question.end_line for code, output in page.body.snippets()
    )


@rule
def blocks(catalogue: Catalogue) -> Iterator[Problem]:
    """Parts of a question stand in a question, once each; mistakes say why and what it costs; no block is empty."""
    for page in catalogue.pages:
        for outer in page.body.blocks:
            for block in outer.walk():
                if block.name == "question":
                    seen: set[str] = set()
                    for part in block.children:
                        if part.name in QUESTION_PARTS and part.name in seen:
                            yield Problem(
                                page.path, part.line, f"the question has a second `{part.name}`", "Join the two blocks"
                            )
                        seen.add(part.name)
                    if block.depth:
                        yield Problem(page.path, block.line, "a question stands inside another block", "Move it out")
                    elif isinstance(page, Notebook):
                        yield Problem(
                            page.path,
                            block.line,
                            "a question stands in a notebook, where lists and drills do not find it",
                            "Move it into the chapter that answers it",
                        )
                elif block.depth == 0 and block.name in QUESTION_PARTS and block.name != "computed":
                    yield Problem(
                        page.path,
                        block.line,
                        f"`{block.name}` stands outside a question",
                        "Put it between `//// question | …` and `////`",
                    )
                if block.name in ("mistake", "why", "hint"):
                    if not block.title.strip():
                        yield Problem(
                            page.path,
                            block.line,
                            f"the block `{block.name}` has no title",
                            f"Write `/// {block.name} | …`",
                        )
                    if not block.text.strip():
                        yield Problem(page.path, block.line, f"the block `{block.name}` is empty", "Write it")
                if block.name == "mistake" and block.text.strip():
                    for label in ("Why it is wrong", "What it costs"):
                        if not re.search(rf"\*\*{label}[.:]?\*\*", block.text):
                            yield Problem(
                                page.path,
                                block.line,
                                f"the mistake does not say `**{label}.**`",
                                f"Begin one of its paragraphs with `**{label}.**`",
                            )


@rule
def pictures(catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that is drawn says in `alt` what is to be seen; an output follows the code that printed it."""
    for page in _texts(catalogue):
        for index, fence in enumerate(page.body.fences):
            if fence.lang in ("figure", "mermaid"):
                alt = fence.attrs.get("alt", "").strip()
                if not alt:
                    yield Problem(
                        page.path,
                        fence.line,
                        f"this {fence.lang} has no `alt`",
                        f'Write ```{fence.lang} alt="what is to be seen"',
                    )
                elif alt.startswith("gap:"):
                    yield _gap(page.path, fence.line, alt.removeprefix("gap:").strip())
                if not fence.text.strip():
                    yield Problem(page.path, fence.line, f"this {fence.lang} is empty", "Draw it")
                for name in fence.attrs.keys() - {"alt", "caption"}:
                    said = f"a {fence.lang} has no option `{name}`"
                    yield Problem(page.path, fence.line, said, "Use alt and caption")
            elif fence.lang == "output" and (index == 0 or page.body.fences[index - 1].lang != "python"):
                yield Problem(
                    page.path,
                    fence.line,
                    "this output follows no ```python fence",
                    "Put the code that prints it right before it",
                )
        for link in page.body.links:
            if link.image and not link.text.strip():
                yield Problem(
                    page.path,
                    link.line,
                    "this picture has no text for those who cannot see it",
                    "Write ![what it shows](…)",
                )


def _texts(catalogue: Catalogue) -> Iterator[Page]:
    yield from catalogue.pages
    yield from catalogue.fragments


# --- Ids and references -------------------------------------------------------------------------------------------


@rule
def unique_ids(catalogue: Catalogue) -> Iterator[Problem]:
    """No two pages have one id, and no alias is in use elsewhere."""
    first: dict[str, Page] = {}
    for page in catalogue.pages:
        other = first.setdefault(page.id, page)
        if other is not page:
            yield Problem(
                page.path,
                1,
                f"the page id `{page.id}` is already used by {other.path}",
                "Rename or delete one of the two files",
            )
    aliased: dict[str, Page] = {}
    for page in catalogue.pages:
        for alias in page.aliases:
            line = page.line_of("aliases")
            if alias in first:
                yield Problem(
                    page.path,
                    line,
                    f"the alias `{alias}` is the id of {first[alias].path}",
                    "An alias is an id that no page has any more; remove it",
                )
            elif aliased.setdefault(alias, page) is not page:
                yield Problem(
                    page.path,
                    line,
                    f"the alias `{alias}` is already used by {aliased[alias].path}",
                    "Keep it in one place",
                )
        slugs = {question.slug for question in page.questions}
        headings = {heading.anchor for heading in page.body.headings}
        former: set[str] = set()
        for question in page.questions:
            for alias in question.aliases:
                if alias in slugs or alias in former or alias in headings:
                    yield Problem(
                        page.path,
                        question.lines.get("aliases", question.line),
                        f"the alias `{alias}` is already used on this page",
                        "An alias is an id that no question and no heading has any more; remove it",
                    )
                former.add(alias)


def _reference(
    catalogue: Catalogue, page: Page, key: str, value: str, kind: str | None = None, areas: bool = False
) -> Problem | None:
    """Return what is wrong with the id of a page in the front matter, if anything is."""
    line = page.line_of(key)
    if areas and value in AREAS:
        return None
    found = catalogue.page(value)
    if found is None:
        ids = [other.id for other in catalogue.pages if kind is None or other.kind == kind]
        return Problem(
            page.path, line, f"`{key}` names `{value}`, which does not exist", _did_you_mean(value, ids, page.id)
        )
    if found.id != value:
        return Problem(page.path, line, f"`{key}` names `{value}`, which has moved", f"Write `{found.id}`")
    if kind is not None and found.kind != kind:
        return Problem(page.path, line, f"`{key}` names `{value}`, which is no {kind}", f"Name a {kind}")
    if found.id == page.id:
        return Problem(page.path, line, f"`{key}` names the page itself", "Remove it")
    return None


def _did_you_mean(value: str, ids: Iterable[str], but: str = "") -> str:
    near = _meant(value, [other for other in ids if other != but])
    return f"Did you mean `{near}`?" if near else "Name a page by its path below docs/, without .md"


def _meant(value: str, ids: Iterable[str]) -> str | None:
    """Return the id that was most likely meant: by its last part, since pages are moved and folders are mistyped."""
    tails: dict[str, list[str]] = {}
    for known in ids:
        tails.setdefault(known.rpartition("/")[2], []).append(known)
    found = difflib.get_close_matches(value.rpartition("/")[2], tails, n=1, cutoff=0.8)
    if not found:
        return None
    return max(tails[found[0]], key=lambda known: difflib.SequenceMatcher(None, value, known).ratio())


@rule
def references(catalogue: Catalogue) -> Iterator[Problem]:
    """Every id in front matter, resources and glossary names something that exists and is of the right kind."""
    for page in catalogue.pages:
        named: list[tuple[str, str, str | None, bool]] = [
            *(("prerequisites", value, None, False) for value in page.prerequisites),
            *(("uses", value, None, False) for value in page.uses),
            *(("notebooks", value, "notebook", False) for value in page.notebooks),
            *(("exercises", value, "exercise", False) for value in page.exercises),
        ]
        if isinstance(page, RoundChapter):
            named.extend(("topics", value, None, True) for value in page.topics)
        for key, value, kind, areas in named:
            problem = _reference(catalogue, page, key, value, kind, areas)
            if problem is not None:
                yield problem
        for value in page.resources:
            if catalogue.resource(value) is None:
                yield Problem(
                    page.path,
                    page.line_of("resources"),
                    f"`resources` names `{value}`, which is in no file of docs/resources/",
                    suggestion(value, [resource.id for resource in catalogue.resources][:200]) or "Add the entry",
                )
    ids = [page.id for page in catalogue.pages]
    for resource in catalogue.resources:
        origin = catalogue.origin(f"resource:{resource.id}")
        for value in resource.topics:
            if value not in AREAS and catalogue.page(value) is None:
                yield Problem(
                    origin.path,
                    origin.lines.get("topics", origin.line),
                    f"`topics` names `{value}`, which is no area and no page",
                    _did_you_mean(value, [*AREAS, *ids]),
                )
    for term in catalogue.glossary:
        if term.page is not None and catalogue.page(term.page) is None:
            origin = catalogue.origin(f"term:{term.term}")
            yield Problem(
                origin.path,
                origin.lines.get("page", origin.line),
                f"`page` names `{term.page}`, which does not exist",
                _did_you_mean(term.page, ids),
            )


@rule
def cycles(catalogue: Catalogue) -> Iterator[Problem]:
    """Prerequisites have an order: following them never comes back."""
    needs = {
        page.id: [found.id for value in page.prerequisites if (found := catalogue.page(value)) and found.id != page.id]
        for page in catalogue.pages
    }
    state: dict[str, int] = {}
    for start in needs:
        if start in state:
            continue
        # Depth first without recursion: a chain may be longer than Python's stack.
        path: list[str] = []
        work: list[tuple[str, bool]] = [(start, False)]
        while work:
            node, leaving = work.pop()
            if leaving:
                state[node] = 2
                path.pop()
                continue
            if state.get(node) == 2:
                continue
            if state.get(node) == 1:
                loop = path[path.index(node) :]
                page = catalogue.page(loop[-1])
                if page is not None:
                    yield Problem(
                        page.path,
                        page.line_of("prerequisites"),
                        f"the prerequisites go in a circle: {' → '.join([*loop, node])}",
                        "Remove one of them; related pages that are no prerequisite belong in `uses`",
                    )
                continue
            state[node] = 1
            path.append(node)
            work.append((node, True))
            work.extend((needed, False) for needed in reversed(needs.get(node, [])))


@rule
def links(catalogue: Catalogue) -> Iterator[Problem]:
    """Every relative link leads to a file that is published, and every anchor to something on that page."""
    fragments = {fragment.src: fragment for fragment in catalogue.fragments}
    for page in catalogue.pages:
        for link in page.body.links:
            yield from _link(catalogue, fragments, page, page.path, link)
        for path, _ in page.body.includes:
            fragment = fragments.get(posixpath.normpath(path))
            for link in fragment.body.links if fragment else ():
                assert fragment is not None
                yield from _link(catalogue, fragments, page, fragment.path, link)


# Files that the build makes and pages may link to; MkDocs looks whether they are there.
_MADE_BY_THE_BUILD: Final = frozenset({"assets/licenses.txt"})


def _link(catalogue: Catalogue, fragments: Mapping[str, Page], page: Page, path: str, link: Link) -> Iterator[Problem]:
    target = link.target.strip()
    if link.image and re.match(r"https?:", target, re.IGNORECASE):
        yield Problem(
            path,
            link.line,
            "this picture comes from another site",
            "Put the file into the folder of the page and link to it there; readers' browsers ask nobody else",
        )
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        if not is_address(target):
            yield Problem(path, link.line, f"`{target[:80]}` is not an address", "Mend what follows the `//`")
        return  # An address, or something that the rule about markup refuses.
    shown = target if len(target) <= 80 else target[:77] + "…"
    if not target:
        yield Problem(path, link.line, "this link leads nowhere", "Write where it goes between the parentheses")
        return
    if target.startswith("/"):
        yield Problem(
            path,
            link.line,
            f"the link `{shown}` begins with a slash",
            "Write https:// for another site, or the path from this file to a page of the guide",
        )
        return
    name, _, anchor = target.partition("#")
    name = unquote(name.partition("?")[0])
    src = posixpath.normpath(posixpath.join(posixpath.dirname(page.src), name)) if name else page.src
    if src.startswith(".."):
        yield Problem(path, link.line, f"the link `{shown}` leads out of docs/", "Link to a page of the guide")
        return
    found = catalogue.page_at(src)
    if found is None:
        if src in _MADE_BY_THE_BUILD:
            return
        if src in catalogue.files:
            if src.endswith((".py", ".yml", ".yaml")) or src.startswith("_includes/"):
                yield Problem(
                    path, link.line, f"the link `{shown}` leads to a file that is not published", "Link to its page"
                )
            return
        yield Problem(path, link.line, f"the link `{shown}` leads to no file", _link_fix(catalogue, page, src, anchor))
        return
    if anchor and not _has_anchor(fragments, found, unquote(anchor)):
        where = "this page" if found.id == page.id else found.path
        near = nearest(anchor, found.anchors)
        yield Problem(
            path,
            link.line,
            f"there is no anchor `#{anchor[:60]}` in {where}",
            f"Did you mean `#{near}`?" if near else "Link to the id of a question or to a heading",
        )


def _has_anchor(fragments: Mapping[str, Page], page: Page, anchor: str) -> bool:
    if anchor in page.anchors or anchor.startswith(("fn:", "fnref:")):
        return True
    if any(anchor in question.aliases for question in page.questions):
        return True
    if page.body.listings:
        return True  # What a listing becomes is not known here; the check of the built site sees it.
    if isinstance(page, Notebook):
        return any(anchor == heading.text.replace(" ", "-") for heading in page.body.headings)
    return any(
        anchor in fragment.anchors
        for path, _ in page.body.includes
        if (fragment := fragments.get(posixpath.normpath(path))) is not None
    )


def _link_fix(catalogue: Catalogue, page: Page, src: str, anchor: str) -> str:
    """Return a fix for a link to a file that is not there: the file most likely meant, as it must be written."""
    for guess in (f"{src}.md", f"{src}/index.md", f"{src.removesuffix('.md')}/index.md", f"{src}.ipynb"):
        if guess in catalogue.files:
            return f"Write `{_relative(page, guess)}`"
    stem = re.sub(r"(?:/index)?\.(?:md|ipynb|html)$|/$", "", src)
    moved = catalogue.page(stem)
    if moved is not None:
        return f"Write `{_relative(page, moved.src)}`"
    near = _meant(stem, [other.id for other in catalogue.pages if other.id != page.id])
    found = catalogue.page(near) if near is not None else None
    if found is None:
        return "Check the path; it is relative to this file"
    return f"Did you mean `{_relative(page, found.src)}`?"


def _relative(page: Page, src: str) -> str:
    return posixpath.relpath(src, posixpath.dirname(page.src) or ".")


@rule
def includes(catalogue: Catalogue) -> Iterator[Problem]:
    """What is included is a fragment of docs/_includes/, by a page; fragments hold text, and not themselves."""
    fragments = {fragment.src: fragment for fragment in catalogue.fragments}
    texts = included_texts(catalogue)
    for page in _texts(catalogue):
        sound = True
        for path, line in page.body.includes:
            src = posixpath.normpath(path)
            if src not in fragments:
                sound = False
                near = nearest(src, fragments)
                yield Problem(
                    page.path,
                    line,
                    f"`{path[:80]}` is not a fragment in docs/_includes/",
                    f"Did you mean `{near}`?" if near else "Write `{!_includes/name.md!}`",
                )
            elif page.src in fragments and page.src in _reached(fragments, src):
                sound = False
                yield Problem(page.path, line, "the fragment includes itself", "Remove one of the includes")
        if page.body.includes and sound and page.src not in fragments:
            # Every include leads to a fragment, so what is left to go wrong is how they come together.
            for fault in expand(page.body.text, texts)[1]:
                if fault.endswith(("includes itself", "docs/_includes/")):
                    continue  # Told of the fragment that does it.
                yield Problem(page.path, page.body.includes[0][1], fault, "Write the text out, or include less")
    for exercise in catalogue.exercises:
        for name, source in (
            ("solution.py", exercise.solution),
            ("checks.py", exercise.checks_source),
            ("broken.py", exercise.broken),
        ):
            for path, line in included(source or ""):
                yield Problem(
                    f"{exercise.folder}/{name}",
                    line,
                    f"`{{!{path[:60]}!}}` would include a file when the code is shown",
                    "Write it in another way",
                )
    for fragment in catalogue.fragments:
        for block in fragment.body.blocks:
            if block.name == "question":
                yield Problem(
                    fragment.path,
                    block.line,
                    "a question stands in a fragment, where lists and drills do not find it",
                    "Move it into the chapter that answers it",
                )


def _reached(fragments: Mapping[str, Page], start: str) -> set[str]:
    seen: set[str] = set()
    work = [start]
    while work:
        src = work.pop()
        if src not in seen and src in fragments:
            seen.add(src)
            work.extend(posixpath.normpath(path) for path, _ in fragments[src].body.includes)
    return seen


# --- Figures and dates --------------------------------------------------------------------------------------------


@rule
def minutes(catalogue: Catalogue) -> Iterator[Problem]:
    """The stated minutes are near what the text takes; an exercise states the time to write it, so it is left alone."""
    for page in catalogue.pages:
        if page.kind not in ("chapter", "round", "case") or page.minutes is None or page.body.gaps:
            continue
        taken = reading_minutes(page)
        if abs(page.minutes - taken) > max(TOLERANCE * taken, SLACK_MINUTES):
            yield Problem(
                page.path,
                page.line_of("minutes"),
                f"`minutes` says {page.minutes}, and the text takes about {taken}",
                f"Write `minutes: {taken}`",
            )


@rule
def dates(catalogue: Catalogue) -> Iterator[Problem]:
    """No page was reviewed in the future."""
    # A day's grace: the author may live east of the machine that checks.
    latest = date.today() + timedelta(days=1)
    for page in catalogue.pages:
        if page.reviewed is not None and page.reviewed > latest:
            yield Problem(
                page.path,
                page.line_of("reviewed"),
                f"`reviewed` is in the future ({page.reviewed})",
                "Write the day of the review",
            )


# --- What must not be published -----------------------------------------------------------------------------------


# Everything else is refused: what a browser makes of an ending is decided by servers, and they do not agree.
_FILES: Final = frozenset({".md", ".yml", ".py", ".csv", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_NAMED_FILES: Final = frozenset({"robots.txt"})
# Data and code are read at these places alone; elsewhere a file would lie unread, and its author would not know.
_READ = re.compile(
    r"(?:.*/)?\.nav\.yml|glossary\.yml|rounds/rounds\.yml|plan/allocation\.yml|resources/.+\.yml"
    r"|practice/coding/[^/]+/(?:mutants\.yml|(?:solution|checks|broken)\.py)"
)


@rule
def file_kinds(catalogue: Catalogue) -> Iterator[Problem]:
    """docs/ holds pages, their data and pictures, notebooks/ holds notebooks: nothing that a browser might run."""
    for src in sorted(catalogue.files - _NAMED_FILES):
        ending = posixpath.splitext(src)[1] or posixpath.basename(src)
        path = f"docs/{src}"
        if ending == ".ipynb" or _READ.fullmatch(src):
            continue  # `load` says where a notebook may stand.
        if ending in (".yml", ".py"):
            yield Problem(
                path,
                1,
                "nothing reads this file",
                "What is read: glossary.yml, rounds/rounds.yml, plan/allocation.yml, resources/*.yml, and in the folder"
                " of an exercise mutants.yml, solution.py, checks.py and broken.py",
            )
        elif ending in _FILES:
            continue
        elif ending.lower() in _FILES:
            yield Problem(
                path,
                1,
                f"the ending `{ending}` is in capitals",
                f"Rename the file so that it ends in `{ending.lower()}`",
            )
        else:
            yield Problem(
                path,
                1,
                f"a file of kind `{ending}` may not stand among the content",
                f"What may: {', '.join(sorted(_FILES))}; write pages in Markdown",
            )


@rule
def drawings(catalogue: Catalogue) -> Iterator[Problem]:
    """SVG images draw and nothing else: no script, no foreign content, no handlers, nothing from elsewhere."""
    for asset in catalogue.assets:
        yield from svg_problems(asset.text, asset.path)


# --- Exercises ----------------------------------------------------------------------------------------------------


@rule
def exercises(catalogue: Catalogue) -> Iterator[Problem]:
    """The folder of an exercise is complete, its code can be read, and every mutant can be planted."""
    for exercise in catalogue.exercises:
        for name, source in (
            ("solution.py", exercise.solution),
            ("checks.py", exercise.checks_source),
            ("mutants.yml", exercise.mutants_source),
        ):
            if source is None and f"{exercise.folder}/{name}".removeprefix("docs/") not in catalogue.files:
                yield Problem(exercise.path, 1, f"the file {name} is missing", f"Write {exercise.folder}/{name}")
        if exercise.solution is not None:
            yield from _solution(exercise, "solution.py", exercise.solution)
            yield from _mutants(exercise, exercise.solution)
        if exercise.broken is not None:
            yield from _python(f"{exercise.folder}/broken.py", exercise.broken)
            if exercise.broken == exercise.solution:
                yield Problem(f"{exercise.folder}/broken.py", 1, "the debug twin is the solution", "Plant 3 to 5 bugs")
        if exercise.checks_source is not None:
            yield from _checks(exercise)


def _python(path: str, source: str) -> Iterator[Problem]:
    try:
        parse_python(source)
    except ExerciseError as error:
        yield Problem(path, error.line, f"the code cannot be read: {error}", "Mend the syntax")


def _solution(exercise: Exercise, name: str, source: str) -> Iterator[Problem]:
    path = f"{exercise.folder}/{name}"
    try:
        tree = parse_python(source)
    except ExerciseError as error:
        yield Problem(path, error.line, f"the code cannot be read: {error}", "Mend the syntax")
        return
    public = [
        node
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    ]
    if not public:
        yield Problem(path, 1, "there is no public function to write", "Define at least one function")
    for node in public:
        if not ast.get_docstring(node):
            yield Problem(
                path, node.lineno, f"`{node.name}` has no docstring", "Say what it returns, with shapes and complexity"
            )
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            bare = [
                arg.arg
                for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                if arg.annotation is None
            ]
            if bare or node.returns is None:
                what = f"the argument `{bare[0]}`" if bare else "the result"
                yield Problem(path, node.lineno, f"`{node.name}` has no type for {what}", "Add type hints")
    for statement in ast.walk(tree):
        names: list[str] = []
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            names = [statement.module or ""]
        for imported in names:
            top = imported.partition(".")[0]
            if top != "numpy" and top not in sys.stdlib_module_names:
                yield Problem(
                    path,
                    getattr(statement, "lineno", 1),
                    f"the solution imports `{imported}`",
                    "Use NumPy and the standard library",
                )


def _checks(exercise: Exercise) -> Iterator[Problem]:
    path = f"{exercise.folder}/checks.py"
    if not exercise.checks and any(_python(path, exercise.checks_source or "")):
        return  # Already reported by `load`.
    if len(exercise.checks) < MIN_CHECKS:
        yield Problem(
            path,
            1,
            f"there are {_plural(len(exercise.checks), 'check')}, and {MIN_CHECKS} are the least",
            "Add functions `check_<symptom>(candidate)`",
        )
    seen: set[str] = set()
    for one in exercise.checks:
        if not one.takes_candidate:
            yield Problem(
                path,
                one.line,
                f"`{one.name}` does not take the code that it checks",
                f"Write `def {one.name}(candidate):`",
            )
        if not one.symptom:
            yield Problem(
                path, one.line, f"`{one.name}` has no docstring", "Write the symptom as the reader is told it"
            )
        if one.name in seen:
            yield Problem(path, one.line, f"there are two functions `{one.name}`", "Rename one; the first never runs")
        seen.add(one.name)


def _mutants(exercise: Exercise, solution: str) -> Iterator[Problem]:
    path = f"{exercise.folder}/mutants.yml"
    if exercise.mutants_source is None or any(_python(path, solution)):
        return  # A solution that cannot be read was reported; nothing can be planted in it.
    # Entries that are not valid were reported one by one; they count.
    count = max(len(exercise.mutants), len(re.findall(r"^- ", exercise.mutants_source, re.MULTILINE)))
    if count < MIN_MUTANTS:
        yield Problem(
            path,
            1,
            f"there are {_plural(count, 'mutant')}, and {MIN_MUTANTS} are the least",
            "Plant more bugs",
        )
    seen: set[str] = set()
    for mutant in exercise.mutants:
        if mutant.name in seen:
            yield Problem(path, mutant.line, f"there are two mutants `{mutant.name}`", "Rename one of them")
        seen.add(mutant.name)
        times = solution.count(mutant.replace) if mutant.replace else 0
        if times != 1:
            yield Problem(
                path,
                mutant.line,
                f"the text that mutant `{mutant.name}` replaces occurs {times} times in solution.py",
                "Quote text that occurs exactly once"
                + (", with its indentation" if times == 0 else "; quote more of it"),
            )
        elif mutant.replace == mutant.with_:
            yield Problem(
                path, mutant.line, f"mutant `{mutant.name}` changes nothing", "Write the broken text under `with`"
            )
        else:
            try:
                parse_python(mutate(solution, mutant))
            except ExerciseError as error:
                yield Problem(
                    path,
                    mutant.line,
                    f"with mutant `{mutant.name}` the solution cannot be read: {error}",
                    "A mutant is code that runs and is wrong",
                )


# --- Notebooks ----------------------------------------------------------------------------------------------------


@rule
def notebooks(catalogue: Catalogue) -> Iterator[Problem]:
    """A notebook has no outputs, asserts what it claims, links to its chapter and ends with "Try it yourself"."""
    for notebook in catalogue.notebooks:
        path, cells = notebook.path, notebook.cells
        if not cells:
            yield Problem(path, 1, "the notebook has no cells", "Write it")
            continue
        if cells[0].kind != "markdown" or not re.match(r"\s*# \S", cells[0].source):
            yield Problem(
                path, cells[0].line, "the first cell is not a title", "Begin with a Markdown cell `# The question`"
            )
        asserted = False
        for cell in cells:
            if cell.kind != "code":
                continue
            if cell.outputs or cell.execution_count is not None:
                yield Problem(
                    path,
                    cell.line,
                    "the cell was committed with its output",
                    "Clear all outputs; the build runs the notebook",
                )
            try:
                tree = parse_python(cell.source)
            except ExerciseError as error:
                yield Problem(
                    path,
                    cell.line,
                    f"line {error.line} of this cell cannot be read: {error}",
                    "Write plain Python, without `%` and `!` commands",
                )
                continue
            asserted = asserted or any(isinstance(node, ast.Assert) or _asserts(node) for node in ast.walk(tree))
        if notebook.body.gaps:
            continue
        if not asserted:
            yield Problem(path, 1, "the notebook asserts nothing", "Add an `assert` on what it claims")
        if not any(
            (found := catalogue.page_at(_resolve(notebook, link))) is not None
            and found.kind in ("chapter", "case", "round", "exercise")
            for link in notebook.body.links
        ):
            yield Problem(path, 1, "the notebook links to no chapter", "Add a link `../topics/<area>/<slug>.md`")
        sections = [heading for heading in notebook.body.headings if heading.level == 2]
        if not any(heading.text.lower() == "try it yourself" for heading in sections):
            yield Problem(
                path, cells[-1].line, "the notebook does not end with things to try", "Add `## Try it yourself`"
            )
        elif sections[-1].text.lower() != "try it yourself":
            yield Problem(
                path, sections[-1].line, "a section follows `## Try it yourself`", "Move that section to the end"
            )


def _asserts(node: ast.AST) -> bool:
    """Tell whether this is a call such as `np.testing.assert_allclose(…)`."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    return name.startswith("assert_")


def _resolve(page: Page, link: Link) -> str:
    name = unquote(link.target.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.src), name)) if name else page.src


# --- Data and coverage --------------------------------------------------------------------------------------------


@rule
def glossary(catalogue: Catalogue) -> Iterator[Problem]:
    """No term or alias of the glossary is there twice, and each term has an address of its own."""
    named: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for term in catalogue.glossary:
        origin = catalogue.origin(f"term:{term.term}")
        for name in (term.term, *term.aliases):
            other = named.setdefault(name.casefold(), term.term)
            if other != term.term or (name in term.aliases and name.casefold() == term.term.casefold()):
                yield Problem(
                    origin.path,
                    origin.lines.get("aliases" if name in term.aliases else "term", origin.line),
                    f"`{name}` already stands for the term `{other}`",
                    "Give a name to one term only",
                )
        anchor = term_anchor(term.term)
        other = anchors.setdefault(anchor, term.term)
        if not anchor or (other != term.term and other.casefold() != term.term.casefold()):
            yield Problem(
                origin.path,
                origin.lines.get("term", origin.line),
                f"the term `{term.term}` has the address of `{other}`" if anchor else "the term makes no address",
                "Spell it with other letters or digits",
            )


@rule
def coverage(catalogue: Catalogue) -> Iterator[Problem]:
    """Every round of the vocabulary is described in rounds.yml and has one chapter at most."""
    path = "docs/rounds/rounds.yml"
    if not catalogue.rounds and path.removeprefix("docs/") in catalogue.files:
        yield Problem(path, 1, "there is no round in this file that can be read", "Mend it; the other pages need it")
        return
    for missing in (name for name in ROUNDS if catalogue.round(name) is None):
        yield Problem(path, 1, f"the round `{missing}` is missing or not valid", f"Add an entry `- id: {missing}`")
    for facts in catalogue.rounds:
        if facts.minutes is not None and facts.minutes[0] > facts.minutes[1]:
            origin = catalogue.origin(f"round:{facts.id}")
            yield Problem(
                origin.path,
                origin.lines.get("minutes", origin.line),
                f"the round `{facts.id}` is longer at least than at most",
                "Write `minutes: [shortest, longest]`",
            )
    first: dict[str, Page] = {}
    for page in catalogue.round_chapters:
        if page.round is not None and first.setdefault(page.round, page) is not page:
            yield Problem(
                page.path,
                page.line_of("round"),
                f"the round `{page.round}` already has the chapter {first[page.round].path}",
                "Name another round, or join the two pages",
            )


# --- Gaps ---------------------------------------------------------------------------------------------------------


def _gap(path: str, line: int, what: str) -> Problem:
    return Problem(path, line, f"a gap is not filled: {what}", "Write it, and delete the mark")


@rule
def gaps(catalogue: Catalogue) -> Iterator[Problem]:
    """Whatever a scaffold left to be written was written."""
    for page in _texts(catalogue):
        for what, line in page.body.gaps:
            yield _gap(page.path, line, what)
        if isinstance(page, Exercise):
            for name, source in (
                ("solution.py", page.solution),
                ("checks.py", page.checks_source),
                ("mutants.yml", page.mutants_source),
                ("broken.py", page.broken),
            ):
                yield from _marked(f"{page.folder}/{name}", source or "")
        if isinstance(page, Notebook):
            for cell in page.cells:
                if cell.kind == "code":
                    for problem in _marked(page.path, cell.source):
                        yield problem._replace(line=cell.line)


def _marked(path: str, source: str) -> Iterator[Problem]:
    if "gap:" in source:
        for number, line in enumerate(source.split("\n"), start=1):
            if match := re.search(r"#\s*gap:\s*(.*)$", line):
                yield _gap(path, number, match[1].strip())


def rules() -> Mapping[str, str]:
    """Return every rule with what it demands: for documentation."""
    return {name: " ".join((function.__doc__ or "").split()) for name, function in RULES.items()}


__all__ = ["RULES", "Rule", "check", "reading_minutes", "rule", "rules"]
