"""A Markdown file → the page that it is: front matter, text, questions, and the files of an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from guide.model.body import Block, Body
from guide.model.catalogue import Case, Chapter, Exercise, Page, Question, RoundChapter
from guide.model.exercises import Check, Equivalent, Mutant
from guide.model.matter import MATTER, QuestionMatter
from guide.model.vocabulary import AREAS, FRAMEWORK_AREA, QUESTION_PARTS, PageKind
from guide.read import exercises
from guide.read.data import entries_of
from guide.read.disk import PAGE_NAME, Loading, kebab, offset, read_text, src_of
from guide.read.markdown import Anchors, parse, plain, slugify
from guide.read.markup import GAP
from guide.read.values import Checked, check_entry, check_matter
from guide.read.yaml import Yaml, read_yaml

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)]) +\S", re.MULTILINE)


def page_id(path: str) -> str:
    """Return the id of the page at a path of the repository: what stands below docs/, without its ending."""
    name = src_of(path).removesuffix(".md").removesuffix(".ipynb")
    return name.removesuffix("/index") if name != "index" else name


def page_kind(path: str) -> PageKind:
    """Return the kind of the page at a path of the repository; it follows from the place alone."""
    if path.startswith("notebooks/"):
        return "notebook"
    parts = page_id(path).split("/")
    match parts:
        case ["topics", _, _, *_]:
            return "chapter"
        case [area, _] if area == FRAMEWORK_AREA and parts[1] != "cases":
            return "chapter"
        case ["rounds", _] if not path.endswith("/index.md"):  # the index of a folder below rounds/ is a plain page
            return "round"
        case ["system-design", "cases", _]:
            return "case"
        case ["practice", "coding", _]:
            return "exercise"
    return "page"


def page_url(identifier: str) -> str:
    """Return the address of a page, relative to the root of the site."""
    return "" if identifier == "index" else f"{identifier}/"


def read_page(loading: Loading, path: str) -> None:
    text = read_text(loading, path)
    if text is None:
        return
    fragment = path.startswith("docs/_includes/")
    matter, first, source = _front_matter(loading, path, text, needed=not fragment)
    body = parse(text[offset(text, first) :], first, path)
    loading.problems += body.problems
    if fragment:
        if first > 1:
            loading.problem(path, 1, "a fragment has no front matter", "Remove it")
        name = page_id(path)
        loading.fragments.append(Page(id=name, path=path, src=src_of(path), url="", title=name, body=body))
        return
    identifier, kind = page_id(path), page_kind(path)
    for part in identifier.split("/"):
        if not PAGE_NAME.match(part):
            fix = f"Rename it to `{kebab(part)}`" if kebab(part) else "Rename it"
            loading.problem(path, 1, f"`{part}` is not a page name in kebab-case", fix)
            break
    _place(loading, path, kind, identifier)
    checked = Checked({}) if matter is None else check_matter(MATTER[kind], matter, source, what="the front matter")
    loading.problems += checked.problems
    title = next((heading.text for heading in body.headings if heading.level == 1), identifier.rpartition("/")[2])
    values: dict[str, Any] = {"title": title, **checked.values}
    values = {key: value for key, value in values.items() if key not in ("hide", "icon", "search")}
    common: dict[str, Any] = {
        **values,
        "id": identifier,
        "path": path,
        "src": src_of(path),
        "url": page_url(identifier),
        "body": body,
        "lines": {str(key[0]): line for key, line in source.lines.items() if len(key) == 1},
        "questions": tuple(_questions(loading, path, identifier, body)),
    }
    loading.pages.append(_noun(loading, kind, common, body, path))


def _noun(loading: Loading, kind: PageKind, common: dict[str, Any], body: Body, path: str) -> Page:
    """Make the noun of a page from what is common to all and what its kind adds."""
    if kind == "chapter":
        return Chapter(
            **common,
            area=_area(common["id"]),
            mistakes=tuple(_named(body, "mistake")),
            whys=tuple(_named(body, "why")),
        )
    if kind == "round":
        about = common.get("round")
        return RoundChapter(**common, rounds=(about,) if about else ())
    if kind == "case":
        return Case(**common)
    if kind == "exercise":
        return Exercise(**common, hints=tuple(_named(body, "hint")), **_exercise_files(loading, path))
    return Page(**common)


def _area(identifier: str) -> str:
    """Return the area of a chapter: the folder in which it stands."""
    return identifier.removeprefix("topics/").split("/")[0]


def _named(body: Body, name: str) -> list[Block]:
    return [block for block in body.all_blocks() if block.name == name]


def _place(loading: Loading, path: str, kind: PageKind, identifier: str) -> None:
    """Report a page that stands where no page of its kind can stand."""
    parts = identifier.split("/")
    if kind == "chapter":
        if (area := _area(identifier)) not in AREAS:
            loading.problem(path, 1, f"there is no area `{area}`", f"Move it to one of: {', '.join(AREAS)}")
        if len(parts) > 3:
            loading.problem(
                path, 1, "a chapter belongs directly in its area", "Move it to docs/topics/<area>/<slug>.md"
            )
    if kind == "exercise" and not path.endswith("/index.md"):
        loading.problem(path, 1, "an exercise is a folder", f"Move the page to docs/{identifier}/index.md")


def _front_matter(
    loading: Loading, path: str, text: str, needed: bool = True
) -> tuple[Mapping[str, Any] | None, int, Yaml]:
    """Return the front matter, the line on which the text below it begins, and the YAML with its lines."""
    if not text.strip():
        if needed:
            loading.problem(path, 1, "the file is empty", "Start from `make new`, or delete the file")
        return None, 1, Yaml()
    match = _FRONT.match(text)
    if match is None:
        if not needed and not text.startswith("---"):
            return None, 1, Yaml()
        begun = re.match(r"---[ \t]*\n", text)
        if begun:
            loading.problem(path, 1, "the front matter is not closed", "End it with a line `---`")
        else:
            loading.problem(path, 1, "the page has no front matter", "Begin the file with `---`, `title: …`, …, `---`")
        return None, 1, Yaml()
    first = text.count("\n", 0, match.end()) + 1
    source = read_yaml(match[1], 2, path)
    if source.problems:
        loading.problems += source.problems
        return None, first, source
    if source.value is None:
        return {}, first, source
    if not isinstance(source.value, dict) or not all(isinstance(key, str) for key in source.value):
        loading.problem(path, 2, "the front matter is not a list of `key: value` lines", "Write one key on each line")
        return None, first, source
    return source.value, first, source


def _questions(loading: Loading, path: str, page: str, body: Body) -> Iterator[Question]:
    slugs = Anchors()
    for block in _named(body, "question"):
        source = read_yaml(block.options, block.line + 1, path)
        loading.problems += source.problems
        values: Mapping[str, Any] = {}
        if not source.problems:
            matter = source.value if source.value is not None else {}
            if isinstance(matter, dict) and all(isinstance(key, str) for key in matter):
                # A missing option is reported at the header of the question.
                lines = {**source.lines, (): block.line}
                checked = check_matter(
                    QuestionMatter, matter, Yaml(matter, lines, path=path), what=f"the question `{_brief(block.title)}`"
                )
                loading.problems += checked.problems
                values = checked.values
            else:
                said = "the options of the question are not `key: value` lines"
                loading.problem(path, block.line + 1, said, "Write one on each line")
        title = plain(block.title)
        # A question whose id is missing was reported; it gets one that cannot clash, so that nothing else is.
        slug = values.get("id") or slugs.unique(slugify(GAP.sub("", title))[:80].strip("-") or "question")
        slugs.used.add(slug)
        parts = {name: block.child(name) for name in QUESTION_PARTS}
        text = {name: part.text if part is not None else None for name, part in parts.items()}
        yield Question(
            **{key: value for key, value in values.items() if key != "id"},
            id=f"{page}#{slug}",
            slug=slug,
            page=page,
            title=block.title,
            short=text["short"] or "",
            full=text["full"] or "",
            points=text["points"] or "",
            computed=text["computed"],
            weak=text["weak"],
            strong=text["strong"],
            follow_ups=text["follow-ups"] or "",
            line=block.line,
            end_line=block.end_line,
            lines={name: part.text_line for name, part in parts.items() if part is not None}
            | {str(key[0]): line for key, line in source.lines.items() if len(key) == 1},
        )


def _brief(title: str) -> str:
    return title if len(title) <= 50 else title[:47].rstrip() + "…"


def _exercise_files(loading: Loading, path: str) -> dict[str, Any]:
    """Read the files beside the page of an exercise. Which of them are missing is for the checks to say."""
    folder = path.rpartition("/")[0] if path.endswith("/index.md") else path.removesuffix(".md")
    texts: dict[str, str | None] = {}
    for name in ("solution.py", "checks.py", "mutants.yml", "broken.py", "torch_solution.py"):
        present = src_of(f"{folder}/{name}") in loading.files
        texts[name] = read_text(loading, f"{folder}/{name}") if present else None
    checks: tuple[Check, ...] = ()
    if texts["checks.py"] is not None:
        try:
            checks = exercises.read_checks(texts["checks.py"])
            texts["checks.py"] = exercises.with_kit(texts["checks.py"])
        except exercises.ExerciseError as error:
            loading.problem(
                f"{folder}/checks.py", error.line, f"the code cannot be read: {error}", "Correct the syntax"
            )
    mutants: list[Mutant] = []
    equivalents: list[Equivalent] = []
    if texts["mutants.yml"] is not None:
        name = f"{folder}/mutants.yml"
        source = read_yaml(texts["mutants.yml"], path=name)
        loading.problems += source.problems
        for index, entry in enumerate(entries_of(loading, name, source)):
            line = {"line": source.line(index)}
            if isinstance(entry, dict) and "equivalent" in entry:
                slip, problems = check_entry(Equivalent, entry, source, (index,), "the entry")
                equivalents += [slip.model_copy(update=line)] if slip is not None else []
            else:
                mutant, problems = check_entry(Mutant, entry, source, (index,), "the mutant")
                mutants += [mutant.model_copy(update=line)] if mutant is not None else []
            loading.problems += problems
    return {
        "folder": folder,
        "solution": texts["solution.py"],
        "checks_source": texts["checks.py"],
        "mutants_source": texts["mutants.yml"],
        "broken": texts["broken.py"],
        "torch": texts["torch_solution.py"],
        "checks": checks,
        "mutants": tuple(mutants),
        "equivalents": tuple(equivalents),
    }


def follow_ups(question: Question) -> list[str]:
    """Return the follow-ups of a question, one text for each list item."""
    return list_items(question.follow_ups)


def list_items(text: str) -> list[str]:
    """Return the items of a Markdown list, one text each; what stands before the first is not an item."""
    return [item for _, item in list_places(text)]


def list_places(text: str) -> list[tuple[int, str]]:
    """Return the items of a Markdown list, each with the offset where it begins."""
    starts = [match.start() for match in _LIST_ITEM.finditer(text)]
    ends = [*starts[1:], len(text)] if starts else []
    return [
        (start, re.sub(r"^ {0,3}(?:[-*+]|\d+[.)]) +", "", text[start:end]).strip())
        for start, end in zip(starts, ends, strict=True)
    ]
