"""Formulas, diagrams and figures that answer back: drawn for the build, and tried by the checks without one.

All go the same way: Markdown is rendered with the extensions of the site, they are found in the HTML, and Node sets
them. Were they looked for in the source instead, the checks and the build would not agree on what a
formula is. Since the checks have the HTML in hand here, they also hear what it says of blocks that were not read and of
text that still shows its signs. What a page holds is cached by its text, and what Node makes by its source, so that a
second check asks nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from dataclasses import replace as replace_fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.model.problems import Problem
from guide.read import includes
from guide.read.explore import Explorable
from guide.render import diagrams, explore, mathematics
from guide.render.diagrams import Drawn
from guide.render.fences import Picture
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.node import REPOSITORY, Answer, Drawing, Node

if TYPE_CHECKING:
    from markdown import Markdown


@dataclass(frozen=True)
class Source:
    """A file that formulas and diagrams come from: its path from the repository's root, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Found:
    """What a rendered page waits for, and what of it should have been a formula and is none."""

    formulas: list[Drawing]
    diagrams: list[Picture]
    left_over: list[tuple[str, str, str]]
    explorables: list[Explorable]
    # What the HTML itself says is wrong: line of the file, message, fix. The build hears it from hooks/authoring.py.
    faults: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass
class Drawings:
    """What came of everything, and what is wrong with it."""

    formulas: dict[Drawing, Answer] = field(default_factory=dict)
    diagrams: dict[str, Drawn] = field(default_factory=dict)
    explorables: dict[Explorable, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def find(page: str) -> Found:
    """Return what the HTML of a page waits for."""
    return Found(
        mathematics.formulas(page), diagrams.diagrams(page), mathematics.left_over(page), explore.explorables(page)
    )


def draw(node: Node, pages: Sequence[tuple[Source, Found]], fragments: Sequence[Source] = ()) -> Drawings:
    """Draw everything that the pages hold, in three requests; tell all that cannot be drawn, by file and line.

    `fragments` are the files that pages include: what stands in them is told there.
    """
    formulas = list(dict.fromkeys(each for _, found in pages for each in found.formulas))
    done = Drawings(
        dict(zip(formulas, node.draw("math", formulas), strict=True)),
        diagrams.draw(node, (each.source for _, found in pages for each in found.diagrams)),
        explore.draw(node, (each for _, found in pages for each in found.explorables)),
    )
    for source, found in pages:
        done.problems += mathematics.title_problems(source.path, source.text)
        done.problems += _problems([source, *fragments], found, done)
    return done


def drawing_problems(root: Path, paths: Iterable[Path], faulty: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with pages once they are rendered, and with the formulas in the text cells of notebooks.

    A page that is `faulty` for another reason (a path from the root) shows the signs of that in its HTML, which would
    tell it twice; its HTML is heard when nothing else is wrong.

    The paths are those of Markdown files and notebooks below the repository `root`. Nothing but these is looked at.
    """
    kept = root / ".cache"
    fragments = [read_source(path, root) for path in sorted((root / "docs/_includes").rglob("*.md"))]
    texts = {fragment.path.removeprefix("docs/"): fragment.text for fragment in fragments}
    sources = [read_source(path, root) for path in paths]
    contents = {source: includes.expand(_content(source), texts)[0] for source in sources}

    def find_in(missing: list[Source]) -> Iterator[Found]:
        converter = _converter()
        for source in missing:
            page = converter.reset().convert(contents[source])
            yield replace_fields(find(page), faults=list(_faults(page, source)))

    # By the whole file, since what is told of it has a line there.
    keys = {source: key_of(source.text, content) for source, content in contents.items()}
    pages = list(Cache(kept, "found", _code()).filled(keys, find_in).items())
    with closing(Node(kept)) as node:
        drawn = draw(node, pages, fragments).problems
    silent = {*faulty, *(problem.path for problem in drawn)}
    heard = (Problem(source.path, *fault) for source, found in pages for fault in found.faults)
    return list(dict.fromkeys([*drawn, *(problem for problem in heard if problem.path not in silent)]))


def _faults(page: str, source: Source) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the HTML of a page; that of a notebook is another (hooks/notebooks.py)."""
    if source.path.endswith(".ipynb"):
        return
    from guide.render import blocks, safety

    for message in blocks.problems(page):
        yield blocks.line_of(message, source.text), message, ""
    for problem in safety.problems(page, source.path, source.text):
        yield problem.line, problem.message, problem.fix


def found_in(path: Path, root: Path) -> Found:
    """Return what one file waits for, without a look into any cache."""
    return find(_converter().convert(_content(read_source(path, root))))


# ---- where it stands ---------------------------------------------------------------------------------------------


def _problems(sources: Sequence[Source], found: Found, done: Drawings) -> Iterator[Problem]:
    for formula in dict.fromkeys(found.formulas):
        if said := mathematics.explain(formula, done.formulas[formula]):
            for path, line in _places(formula.source, sources):
                yield Problem(path, line, *said)
    for sketch in dict.fromkeys(found.diagrams):
        path, line = next(iter(_places(sketch.source, sources)))
        for fault in done.diagrams[sketch.source].faults:
            yield Problem(path, line + fault.line - 1, f"in the diagram, {fault.message}", fault.fix)
        if sketch.unknown:
            yield Problem(path, line - 1, f"a diagram has no option `{sketch.unknown}`", "Use alt and caption")
    for figure in dict.fromkeys(found.explorables):
        if (answer := done.explorables.get(figure)) is not None and answer.error:
            path, line = next(iter(_places(f'name="{figure.name}"', sources)))
            message = f"the figure `{figure.name}` cannot be drawn: {answer.error}"
            yield Problem(path, line, message, f"Correct overrides/app/explore/{figure.name}.ts")
    for near, lacking, fix in dict.fromkeys(found.left_over):
        for path, line in _places(near, sources):
            yield Problem(path, line, lacking, fix)


def _places(text: str, sources: Sequence[Source]) -> list[tuple[str, int]]:
    """Return where a text stands, in the first source that holds it; the beginning of the page when none does."""
    look = {mathematics.GLUED: mathematics.glued, mathematics.PIPED: mathematics.piped}.get(text)
    if look is not None and (lines := look(sources[0].text)):
        return [(sources[0].path, line) for line in lines]
    first = next((line.strip() for line in text.split("\n") if line.strip()), text)
    for wanted in dict.fromkeys((text, first)):
        for source in sources:
            # A notebook holds its text as JSON does.
            shown = json.dumps(wanted, ensure_ascii=False)[1:-1] if source.path.endswith(".ipynb") else wanted
            lines = [source.text.count("\n", 0, at.start()) + 1 for at in re.finditer(re.escape(shown), source.text)]
            if lines:
                return [(source.path, line) for line in dict.fromkeys(lines)]
    return [(sources[0].path, 1)]


# ---- Markdown as the site renders it -----------------------------------------------------------------------------


def read_source(path: Path, root: Path) -> Source:
    """Return a file with its path from the root; one that is not there, as a generated page is, has no text."""
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    return Source((path.relative_to(root) if path.is_relative_to(root) else path).as_posix(), text)


def _content(source: Source) -> str:
    """Return the Markdown of a file: below the front matter, or the text cells of a notebook."""
    if source.path.endswith(".ipynb"):
        try:
            cells = json.loads(source.text)["cells"]
            return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        except (ValueError, KeyError, TypeError):
            return ""  # `load` says what is wrong with it.
    _, mark, content = source.text.removeprefix("---\n").partition("\n---\n")
    return content if source.text.startswith("---\n") and mark else source.text


@cache
def extensions() -> dict[str, dict[str, Any]]:
    """Return the settings of the Markdown extensions of mkdocs.yml and of the library, by name.

    Without includes, which open files by themselves; `includes.expand` was asked before.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, whose `!ENV` and `!!python/name` values do not matter here."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    text = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    listed = yaml.load(text, Loader=Loader)["markdown_extensions"]
    settings: dict[str, dict[str, Any]] = {}
    for each in listed:
        name, options = next(iter(each.items())) if isinstance(each, dict) else (each, {})
        if "include" not in name:
            settings[name] = dict(options)
    return settings | {"guide.render.blocks:TypedBlocks": {}, "guide.render.inline:Inline": {}}


def _converter() -> Markdown:
    """Return a converter that renders as the site does, save for the color of code, which takes most of the time."""
    # Not wanted when every page is known.
    from markdown import Markdown

    from guide.render import blocks

    settings = {name: dict(options) for name, options in extensions().items()}
    settings["pymdownx.superfences"]["custom_fences"] = [
        blocks.output_fence(),
        diagrams.fence(),
        explore.fence(),
        {"name": "figure", "class": "", "validator": lambda *_: True, "format": lambda *_, **__: ""},
    ]
    settings["pymdownx.highlight"]["use_pygments"] = False
    return Markdown(extensions=list(settings), extension_configs=settings)


def _code() -> str:
    """Return a hash over what decides what is found in a page, and over the classes of what is."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    classes = [REPOSITORY / "hooks/guide" / name for name in ("read/explore.py", "tools/node.py")]
    return hash_of_files([*here, *classes, REPOSITORY / "mkdocs.yml", REPOSITORY / "requirements.txt"])


def replace(page: str, done: Drawings) -> str:
    """Return the page with everything that was drawn in place."""
    page = mathematics.replace_formulas(page, done.formulas)
    return explore.replace(diagrams.replace_diagrams(page, done.diagrams), done.explorables)
