"""The contracts of what stands in the text: questions and other blocks, pictures, and what was left to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.model.body import Block
from guide.model.catalogue import Catalogue, Exercise, Notebook, Page, Question
from guide.model.problems import Problem
from guide.model.vocabulary import (
    COMPUTED_KINDS,
    MAX_FULL_WORDS,
    MAX_POINTS,
    MAX_SHORT_WORDS,
    MIN_POINTS,
    QUESTION_PARTS,
    RESERVED_ANCHORS,
)
from guide.read import explore
from guide.read.markdown import count_words
from guide.read.pages import follow_ups, list_items, list_places

_CODE_OR_FORMULA = re.compile(r"(?P<code>`+)[^`]*(?P=code)|\$[^$\n]*\$")


def questions(catalogue: Catalogue) -> Iterator[Problem]:
    """A question has a text, its own id, a short and a full answer and follow-ups; compute kinds show the code."""
    for page in catalogue.pages:
        heads = page.body.headings
        taken = {each.anchor: f"is also the anchor of the heading on line {each.line}" for each in heads}
        taken |= dict.fromkeys(RESERVED_ANCHORS, "belongs to the page's own parts")
        for question in page.questions:
            yield from _question(page, question)
            at = question.lines.get("id", question.line)
            if question.slug in taken:
                said = f"the question id `{question.slug}` {taken[question.slug]}"
                yield page.problem(at, said, "Give this question an id of its own; published ids never change")
            taken[question.slug] = f"is already used on line {at}"


def _question(page: Page, question: Question) -> Iterator[Problem]:
    lines = question.lines
    name = question.title if len(question.title) <= 50 else question.title[:47].rstrip() + "…"
    if not question.title.strip():
        yield page.problem(question.line, "the question has no text", "Write `//// question | What is asked?`")
    texts = {
        "short": question.short,
        "full": question.full,
        "points": question.points,
        "follow-ups": question.follow_ups,
    }
    for part, text in texts.items():
        if part not in lines:
            said = f"the question `{name}` has no `{part}`"
            yield page.problem(question.line, said, f"Add `/// {part}` … `///` inside it")
        elif not text.strip():
            yield page.problem(lines[part] - 1, f"`{part}` is empty", "Write it")
        elif part == "follow-ups" and not follow_ups(question):
            said = "`follow-ups` is not a list"
            yield page.problem(lines[part], said, "Write each as `- The question — its answer.`")
    yield from unparted(page, question.follow_ups, lines.get("follow-ups", 1))
    points = len(list_items(question.points))
    if question.points.strip() and not MIN_POINTS <= points <= MAX_POINTS:
        said = f"`points` is a list of {points}, not of {MIN_POINTS} to {MAX_POINTS}"
        yield page.problem(lines["points"], said, "Write what a listener would tick, one claim an item: `- …`")
    for part, most, time in (("short", MAX_SHORT_WORDS, "30 seconds"), ("full", MAX_FULL_WORDS, "two minutes")):
        words = count_words(texts[part])
        if words > most:
            said = f"`{part}` has {words} words, more than can be said in {time}"
            yield page.problem(lines.get(part, question.line), said, f"Shorten it to {most} words or fewer")
    yield from _shown(page, question)


def unparted(page: Page, text: str, line: int) -> Iterator[Problem]:
    """Yield the follow-ups of a list, whose text begins on a line, that would show their answers in the open."""
    for offset, item in list_places(text):
        said = _CODE_OR_FORMULA.sub("", re.split(r"\n *\n", item)[0])
        if not re.search(r"\S — ", said):
            at = line + text.count("\n", 0, offset)
            fault = "this follow-up is not separated from its answer"
            yield page.problem(at, fault, "Write `- The question — its answer.`")


def _shown(page: Page, question: Question) -> Iterator[Problem]:
    """Yield what a question of its kind has to show and does not: the code with the bug, code, or a derivation."""
    fences = [fence for fence in page.body.fences if question.line < fence.line < question.end_line]
    line = question.lines.get("kind", question.line)
    if question.kind == "find-the-bug" and not any(f.line < question.lines.get("short", 0) for f in fences):
        yield page.problem(line, "the code with the bug is not shown before `short`", "Put it above the answers")
    if question.kind == "implement" and not any(fence.lang == "python" for fence in fences):
        yield page.problem(line, "a question of kind `implement` holds no code", "Add a ```python fence to `full`")
    mathematics = "$" in question.full or re.search(r"\]\([^)]*#", question.full)
    if question.kind == "derive" and question.full.strip() and not mathematics:
        said = "a question of kind `derive` neither holds mathematics nor links to it"
        yield page.problem(line, said, "Link to the section that derives it: `[title](#its-anchor)`")
    printed = (code for code, output in page.body.snippets() if output is not None)
    if question.kind in COMPUTED_KINDS and not any(question.line < code.line < question.end_line for code in printed):
        said = f"a question of kind `{question.kind}` shows no computation"
        fix = "Add a ```python fence with its ```output fence to `full`, or in a block `/// computed`"
        yield page.problem(line, said, fix)


def blocks(catalogue: Catalogue) -> Iterator[Problem]:
    """Parts of a question stand in a question, once each; mistakes say why and what it costs; no block is empty."""
    for page in catalogue.pages:
        for block in page.body.all_blocks():
            if block.name == "question":
                yield from _question_block(page, block)
            elif block.depth == 0 and block.name in QUESTION_PARTS and block.name != "computed":
                said = f"`{block.name}` is outside a question"
                yield page.problem(block.line, said, "Put it between `//// question | …` and `////`")
            if block.name in ("mistake", "why", "hint"):
                if not block.title.strip():
                    said = f"the block `{block.name}` has no title"
                    yield page.problem(block.line, said, f"Write `/// {block.name} | …`")
                if not block.text.strip():
                    yield page.problem(block.line, f"the block `{block.name}` is empty", "Write it")
            for label in ("Why it is wrong", "What it costs") if block.name == "mistake" and block.text.strip() else ():
                if not re.search(rf"\*\*{label}[.:]?\*\*", block.text):
                    said = f"the mistake does not say `**{label}.**`"
                    yield page.problem(block.line, said, f"Begin one of its paragraphs with `**{label}.**`")


def _question_block(page: Page, block: Block) -> Iterator[Problem]:
    seen: set[str] = set()
    for part in block.children:
        if part.name in QUESTION_PARTS and part.name in seen:
            yield page.problem(part.line, f"the question has a second `{part.name}`", "Join the two blocks")
        seen.add(part.name)
    if block.depth:
        yield page.problem(block.line, "a question is inside another block", "Move it out")
    elif isinstance(page, Notebook):
        said = "a question is in a notebook, where lists and drills do not find it"
        yield page.problem(block.line, said, "Move it into the chapter that answers it")


def pictures(catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that is drawn says in `alt` what is to be seen; an output follows the code that printed it."""
    for page in catalogue.texts:
        for index, fence in enumerate(page.body.fences):
            if fence.lang in ("figure", "mermaid"):
                alt = fence.attrs.get("alt", "").strip()
                if not alt:
                    fix = f'Write ```{fence.lang} alt="what is to be seen"'
                    yield page.problem(fence.line, f"this {fence.lang} has no `alt`", fix)
                elif alt.startswith("gap:"):
                    yield _gap(page.path, fence.line, alt.removeprefix("gap:").strip())
                if not fence.text.strip():
                    yield page.problem(fence.line, f"this {fence.lang} is empty", "Draw it")
                for name in fence.attrs.keys() - {"alt", "caption"}:
                    said = f"a {fence.lang} has no option `{name}`"
                    yield page.problem(fence.line, said, "Use alt and caption")
            elif fence.lang == "output" and (index == 0 or page.body.fences[index - 1].lang != "python"):
                fix = "Put the code that prints it right before it"
                yield page.problem(fence.line, "this output follows no ```python fence", fix)
        for link in page.body.links:
            if link.image and not link.text.strip():
                said = "this picture has no text for those who cannot see it"
                yield page.problem(link.line, said, "Write ![what it shows](…)")


def explorables(catalogue: Catalogue) -> Iterator[Problem]:
    """An explore fence names a figure that there is, once on its page, and says what it asks and what is to be seen."""
    for page in catalogue.texts:
        taken = {heading.anchor: f"the heading on line {heading.line}" for heading in page.body.headings}
        taken |= {question.slug: f"the question on line {question.line}" for question in page.questions}
        for fence in page.body.fences:
            if fence.lang != "explore":
                continue
            figure, faults = explore.read(fence.attrs, fence.text)
            for fault in faults:
                yield page.problem(fence.line + fault.line, fault.message, fault.fix)
            if figure.name in taken:
                said = f"the name `{figure.name}` is also that of {taken[figure.name]}"
                yield page.problem(fence.line, said, "A name is an address on its page; keep one of the two")
            taken[figure.name] = f"the figure on line {fence.line}"


def _gap(path: str, line: int, what: str) -> Problem:
    return Problem(path, line, f"a gap is not filled: {what}", "Write it, and delete the mark")


def gaps(catalogue: Catalogue) -> Iterator[Problem]:
    """Whatever a scaffold left to be written was written."""
    for page in catalogue.texts:
        for what, line in page.body.gaps:
            yield _gap(page.path, line, what)
        if isinstance(page, Exercise):
            for name, source in page.sources.items():
                yield from _marked(f"{page.folder}/{name}", source)
        for cell in page.code if isinstance(page, Notebook) else ():
            yield from (problem._replace(line=cell.line) for problem in _marked(page.path, cell.source))


def _marked(path: str, source: str) -> Iterator[Problem]:
    if "gap:" in source:
        for number, line in enumerate(source.split("\n"), start=1):
            if match := re.search(r"#\s*gap:\s*(.*)$", line):
                yield _gap(path, number, match[1].strip())
