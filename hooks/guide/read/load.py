"""Files → Catalogue and Problems. The only module of the library that walks the disk.

Whatever people put into docs/ and notebooks/, loading ends with a Catalogue and a list of Problems, each with path and
line: a wrong encoding, a file of many megabytes, a loop of symbolic links or a YAML bomb is one Problem and not a
traceback. Every file is read once. What cannot be read at all is left out; a page that is partly wrong is kept with
what was right, so that its links and dependents are not reported as well.
"""

from __future__ import annotations

import json
import os
import pickle
import posixpath
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pydantic

from guide.model.catalogue import (
    MATTER,
    Asset,
    Block,
    Body,
    Case,
    Catalogue,
    Cell,
    Chapter,
    Check,
    Exercise,
    GlossaryTerm,
    Hint,
    Mistake,
    Mutant,
    Notebook,
    Noun,
    Origin,
    Page,
    Question,
    QuestionMatter,
    Resource,
    RoundChapter,
    RoundFacts,
    Slip,
    Why,
)
from guide.model.problems import Problem, nearest, ordered, suggestion
from guide.model.vocabulary import AREAS, QUESTION_PARTS, PageKind
from guide.read import exercises
from guide.read.markdown import Anchors, is_address, merge, parse, plain, slugify
from guide.read.matter import Checked, Yaml, check_entry, check_matter, read_yaml
from guide.tools.cache import Cache, hash_of_files, key_of

# A long chapter has about 60 KB. Several times that is a mistake (a dump, an image as text), and slow for everybody.
LIMITS: Final[Mapping[str, int]] = {
    ".md": 400_000,
    ".ipynb": 1_000_000,
    ".svg": 400_000,
    ".py": 200_000,
    ".yml": 400_000,
}
MAX_DEPTH: Final = 12
# What a .nav.yml may hold, of all that awesome-nav knows.
_NAVIGATION: Final = ("title", "nav", "append_unmatched", "hide", "ignore")

# Signs that are not seen. Those of the last two ranges turn the direction of text, so that it shows other than it is.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_NAME = re.compile(r"^[A-Za-z0-9_.@-]+$")
_PAGE_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CELL = re.compile(r"^.*?(?<!\\)\"cell_type\"\s*:", re.MULTILINE)
_GAP = re.compile(r"<!--.*?-->")
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)]) +\S", re.MULTILINE)


@dataclass(slots=True)
class _Loading:
    """What was found so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    fragments: list[Page] = field(default_factory=list)
    rounds: list[RoundFacts] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    glossary: list[GlossaryTerm] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    origins: dict[str, Origin] = field(default_factory=dict)

    def problem(self, path: str, line: int, message: str, cure: str = "") -> None:
        self.problems.append(Problem(path, line, message, cure))

    def slips(self, path: str, slips: Iterable[Slip]) -> None:
        for slip in slips:
            self.problem(path, slip.line, slip.message, slip.cure)


def load(root: Path, cache_directory: Path | None = None) -> tuple[Catalogue, list[Problem]]:
    """Read the guide below `root` (the repository). Never raises for what the files hold.

    With a folder for a cache, pages whose file has not changed are not parsed again.
    """
    loading = _Loading(root)
    found = list(_walk(loading, "docs")) + list(_walk(loading, "notebooks"))
    if not (root / "docs").is_dir():
        loading.problem(
            "docs", 1, "there is no folder docs", "Run the command in the repository, or name it: --root DIR"
        )
    loading.files = {_src(path) for path in found}
    if cache_directory is None:
        for path in found:
            _read_file(loading, path)
    else:
        _read_files(loading, found, cache_directory)
    pages = sorted(loading.pages, key=lambda page: (page.id, page.path))
    catalogue = Catalogue(
        pages=tuple(pages),
        rounds=tuple(loading.rounds),
        resources=tuple(loading.resources),
        glossary=tuple(loading.glossary),
        fragments=tuple(loading.fragments),
        assets=tuple(loading.assets),
        files=frozenset(loading.files),
        origins=loading.origins,
    )
    return catalogue, ordered(loading.problems)


# --- The disk -----------------------------------------------------------------------------------------------------


def _src(path: str) -> str:
    """Return a path as MkDocs sees it: relative to docs/, with the notebooks beside the other sections."""
    return path.removeprefix("docs/")


def _walk(loading: _Loading, top: str, depth: int = 0) -> Iterator[str]:
    """Yield the regular files below a folder, sorted; links are refused, so there are no loops and no way out."""
    try:
        with os.scandir(loading.root / top) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        loading.problem(_shown(top), 1, f"this folder cannot be read ({error.strerror})", "Check its permissions")
        return
    for entry in entries:
        name = entry.name
        path = f"{top}/{name}"
        if (name.startswith(".") and name != ".nav.yml") or name == "__pycache__":
            continue
        shown = _shown(path)
        if entry.is_symlink():
            loading.problem(shown, 1, "this is a symbolic link", "Put the file itself here; links are not followed")
        elif entry.is_dir(follow_symlinks=False):
            if os.path.splitext(name)[1] in LIMITS:
                loading.problem(shown, 1, "this is a folder with the name of a file", "Rename the folder")
            elif depth >= MAX_DEPTH:
                loading.problem(shown, 1, "the folders are nested too deeply", "Move the files further up")
            else:
                yield from _walk(loading, path, depth + 1)
        elif not entry.is_file(follow_symlinks=False):
            loading.problem(shown, 1, "this is not a regular file", "Delete it")
        elif not _NAME.match(name):
            stem, ending = os.path.splitext(shown.rpartition("/")[2])
            cure = f"Rename the file: `{_kebab(stem)}{ending.lower()}`" if _kebab(stem) else "Rename the file"
            loading.problem(shown, 1, "this file name cannot be part of an address", cure)
        else:
            yield path


def _kebab(name: str) -> str:
    """Return a name as it may stand in an address, or nothing when no letter of it can."""
    plain_letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.lower()).strip("-")


def _shown(path: str) -> str:
    """Return a path that can be printed, whatever bytes are in it."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", text)


def _text(loading: _Loading, path: str) -> str | None:
    """Read a text file, or say why not. Line ends are made plain and a byte-order mark is dropped."""
    full = loading.root / path
    limit = LIMITS.get(os.path.splitext(path)[1], 400_000)
    try:
        size = full.stat().st_size
        if size > limit:
            loading.problem(
                path,
                1,
                f"the file has {size // 1000:,} KB, more than {limit // 1000:,} KB",
                "Split it, or keep data and images out of it",
            )
            return None
        data = full.read_bytes()
    except OSError as error:
        loading.problem(path, 1, f"the file cannot be read ({error.strerror})", "Check its permissions")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        loading.problem(
            path,
            line,
            f"this is not UTF-8 text{' but UTF-16' if wide else f' (byte 0x{data[error.start]:02x})'}",
            "Save the file in the encoding UTF-8",
        )
        if wide:
            return None
        text = data.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is not None:
        loading.problem(
            path,
            text.count("\n", 0, control.start()) + 1,
            f"there is a control character (0x{ord(control[0]):02x})",
            "Delete it and type the text again",
        )
        text = _CONTROL.sub(" ", text)
    return text


def _read_files(loading: _Loading, paths: Iterable[str], cache_directory: Path) -> None:
    """Read files in order; what a page comes to is kept, with its Problems, for as long as file and code are the same.

    That holds for pages which are made from their own file alone: an exercise is more files than one.
    """
    code = hash_of_files(sorted(Path(__file__).parents[1].rglob("*.py")))
    cache = Cache(cache_directory, "parsed", key_of(code, sys.version, pydantic.VERSION))
    keys = {}
    for path in paths:
        full = loading.root / path
        if not path.endswith(".md") or page_kind(path) == "exercise":
            continue
        try:
            if full.stat().st_size <= LIMITS[".md"]:
                keys[path] = key_of(path, full.read_bytes())
        except OSError:
            continue  # said by _text
    kept = cache.get_many(keys.values())
    fresh = {}
    for path in paths:
        key = keys.get(path)
        if key in kept:
            problems, pages, fragments = pickle.loads(kept[key])
            loading.problems += problems
            loading.pages += pages
            loading.fragments += fragments
            continue
        before = len(loading.problems), len(loading.pages), len(loading.fragments)
        _read_file(loading, path)
        if key is not None:
            found = loading.problems[before[0] :], loading.pages[before[1] :], loading.fragments[before[2] :]
            fresh[key] = pickle.dumps(found)
    cache.put_many(fresh)


def _read_file(loading: _Loading, path: str) -> None:
    """Read one file according to its place and ending."""
    extension = os.path.splitext(path)[1]
    if path.startswith("notebooks/"):
        if extension == ".ipynb":
            _notebook(loading, path)
        else:
            loading.problem(path, 1, "beside the notebooks may stand nothing else", "Move or delete the file")
        return
    if extension == ".ipynb":
        loading.problem(path, 1, "a notebook stands in notebooks/, beside docs/", "Move it there")
        return
    if extension == ".md":
        _page(loading, path)
    elif extension == ".svg":
        text = _text(loading, path)
        if text is not None:
            loading.assets.append(Asset(path, text))
    elif path.endswith("/.nav.yml"):
        text = _text(loading, path)
        if text is not None:
            _navigation(loading, path, read_yaml(text))
    elif extension in (".yml", ".yaml"):
        if path == "docs/glossary.yml":
            _entries(loading, path, GlossaryTerm, "a glossary entry")
        elif path == "docs/rounds/rounds.yml":
            _entries(loading, path, RoundFacts, "a round")
        elif path.startswith("docs/resources/"):
            _entries(loading, path, Resource, "a resource")


# --- Pages --------------------------------------------------------------------------------------------------------


def page_id(path: str) -> str:
    """Return the id of the page at a path of the repository: what stands below docs/, without its ending."""
    name = _src(path).removesuffix(".md").removesuffix(".ipynb")
    return name.removesuffix("/index") if name != "index" else name


def page_kind(path: str) -> PageKind:
    """Return the kind of the page at a path of the repository; it follows from the place alone."""
    if path.startswith("notebooks/"):
        return "notebook"
    parts = page_id(path).split("/")
    match parts:
        case ["topics", _, _, *_]:
            return "chapter"
        case ["rounds", _]:
            return "round"
        case ["system-design", "cases", _]:
            return "case"
        case ["practice", "coding", _]:
            return "exercise"
    return "page"


def page_url(identifier: str) -> str:
    """Return the address of a page, relative to the root of the site."""
    return "" if identifier == "index" else f"{identifier}/"


def _page(loading: _Loading, path: str) -> None:
    text = _text(loading, path)
    if text is None:
        return
    fragment = path.startswith("docs/_includes/")
    matter, first, source = _front_matter(loading, path, text, needed=not fragment)
    body = parse(text[_offset(text, first) :], first)
    loading.slips(path, body.slips)
    if fragment:
        if first > 1:
            loading.problem(path, 1, "a fragment has no front matter", "Remove it")
        name = page_id(path)
        loading.fragments.append(Page(id=name, path=path, src=_src(path), url="", title=name, body=body))
        return
    identifier, kind = page_id(path), page_kind(path)
    for part in identifier.split("/"):
        if not _PAGE_NAME.match(part):
            cure = f"Rename it to `{_kebab(part)}`" if _kebab(part) else "Rename it"
            loading.problem(path, 1, f"`{part}` is not a page name in kebab-case", cure)
            break
    _place(loading, path, kind, identifier)
    checked = Checked({}) if matter is None else check_matter(MATTER[kind], matter, source, what="the front matter")
    loading.slips(path, checked.slips)
    title = next((heading.text for heading in body.headings if heading.level == 1), identifier.rpartition("/")[2])
    values: dict[str, Any] = {"title": title, **checked.values}
    values = {key: value for key, value in values.items() if key not in ("hide", "icon", "search")}
    common: dict[str, Any] = {
        **values,
        "id": identifier,
        "path": path,
        "src": _src(path),
        "url": page_url(identifier),
        "body": body,
        "lines": {str(key[0]): line for key, line in source.lines.items() if len(key) == 1},
        "questions": tuple(_questions(loading, path, identifier, body)),
    }
    loading.pages.append(_noun(loading, kind, common, body, path))


def _noun(loading: _Loading, kind: PageKind, common: dict[str, Any], body: Body, path: str) -> Page:
    """Make the noun of a page from what is common to all and what its kind adds."""
    if kind == "chapter":
        return Chapter(
            **common,
            area=common["id"].split("/")[1],
            mistakes=tuple(Mistake(title=b.title, text=b.text, line=b.line) for b in _named(body, "mistake")),
            whys=tuple(Why(title=b.title, text=b.text, line=b.line) for b in _named(body, "why")),
        )
    if kind == "round":
        about = common.get("round")
        return RoundChapter(**common, rounds=(about,) if about else ())
    if kind == "case":
        return Case(**common)
    if kind == "exercise":
        return Exercise(
            **common,
            hints=tuple(Hint(title=b.title, text=b.text, line=b.line) for b in _named(body, "hint")),
            **_exercise_files(loading, path),
        )
    return Page(**common)


def _named(body: Body, name: str) -> list[Block]:
    return [block for block in body.all_blocks() if block.name == name]


def _place(loading: _Loading, path: str, kind: PageKind, identifier: str) -> None:
    """Report a page that stands where no page of its kind can stand."""
    parts = identifier.split("/")
    if kind == "chapter":
        if parts[1] not in AREAS:
            loading.problem(path, 1, f"there is no area `{parts[1]}`", f"Move it to one of: {', '.join(AREAS)}")
        if len(parts) > 3:
            loading.problem(path, 1, "a chapter stands right in its area", "Move it to docs/topics/<area>/<slug>.md")
    if kind == "exercise" and not path.endswith("/index.md"):
        loading.problem(path, 1, "an exercise is a folder", f"Move the page to docs/{identifier}/index.md")


def _front_matter(
    loading: _Loading, path: str, text: str, needed: bool = True
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
    source = read_yaml(match[1], first_line=2)
    if source.slips:
        loading.slips(path, source.slips)
        return None, first, source
    if source.value is None:
        return {}, first, source
    if not isinstance(source.value, dict) or not all(isinstance(key, str) for key in source.value):
        loading.problem(path, 2, "the front matter is not a list of `key: value` lines", "Write one key on each line")
        return None, first, source
    return source.value, first, source


def _offset(text: str, line: int) -> int:
    """Return where a line begins."""
    offset = 0
    for _ in range(line - 1):
        end = text.find("\n", offset)
        if end < 0:
            return len(text)
        offset = end + 1
    return offset


# --- Questions ----------------------------------------------------------------------------------------------------


def _questions(loading: _Loading, path: str, page: str, body: Body) -> Iterator[Question]:
    slugs = Anchors()
    for block in _named(body, "question"):
        source = read_yaml(block.options, block.line + 1)
        loading.slips(path, source.slips)
        values: Mapping[str, Any] = {}
        if not source.slips:
            matter = source.value if source.value is not None else {}
            if isinstance(matter, dict) and all(isinstance(key, str) for key in matter):
                # A missing option is reported at the header of the question.
                lines = {**source.lines, (): block.line}
                checked = check_matter(
                    QuestionMatter, matter, Yaml(matter, lines), what=f"the question `{_brief(block.title)}`"
                )
                loading.slips(path, checked.slips)
                values = checked.values
            else:
                loading.problem(
                    path,
                    block.line + 1,
                    "the options of the question are not `key: value` lines",
                    "Write one on each line",
                )
        title = plain(block.title)
        # A question whose id is missing was reported; it gets one that cannot clash, so that nothing else is.
        slug = values.get("id") or slugs.unique(slugify(_GAP.sub("", title))[:80].strip("-") or "question")
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


# --- Exercises ----------------------------------------------------------------------------------------------------


def _exercise_files(loading: _Loading, path: str) -> dict[str, Any]:
    """Read the files beside the page of an exercise. Which of them are missing is for the checks to say."""
    folder = path.rpartition("/")[0] if path.endswith("/index.md") else path.removesuffix(".md")
    texts: dict[str, str | None] = {}
    for name in ("solution.py", "checks.py", "mutants.yml", "broken.py"):
        present = _src(f"{folder}/{name}") in loading.files
        texts[name] = _text(loading, f"{folder}/{name}") if present else None
    checks: tuple[Check, ...] = ()
    if texts["checks.py"] is not None:
        try:
            checks = exercises.read_checks(texts["checks.py"])
        except exercises.ExerciseError as error:
            loading.problem(f"{folder}/checks.py", error.line, f"the code cannot be read: {error}", "Mend the syntax")
    mutants: list[Mutant] = []
    if texts["mutants.yml"] is not None:
        name = f"{folder}/mutants.yml"
        source = read_yaml(texts["mutants.yml"])
        loading.slips(name, source.slips)
        for index, entry in enumerate(_list(loading, name, source)):
            mutant, slips = check_entry(Mutant, entry, source, (index,), "the mutant")
            loading.slips(name, slips)
            if mutant is not None:
                mutants.append(mutant.model_copy(update={"line": source.line(index)}))
    return {
        "folder": folder,
        "solution": texts["solution.py"],
        "checks_source": texts["checks.py"],
        "mutants_source": texts["mutants.yml"],
        "broken": texts["broken.py"],
        "checks": checks,
        "mutants": tuple(mutants),
    }


# --- Data files ---------------------------------------------------------------------------------------------------


def _list(loading: _Loading, path: str, source: Yaml) -> list[Any]:
    """Return the entries of a data file that has to be a list."""
    if source.slips or source.value is None:
        return []
    if not isinstance(source.value, list):
        loading.problem(path, source.line(), "the file must be a list", "Begin every entry with `- `")
        return []
    return source.value


def _entries(loading: _Loading, path: str, model: type[Noun], what: str) -> None:
    text = _text(loading, path)
    if text is None:
        return
    source = read_yaml(text)
    loading.slips(path, source.slips)
    for index, data in enumerate(_list(loading, path, source)):
        entry, slips = check_entry(model, data, source, (index,), what)
        loading.slips(path, slips)
        lines = {str(key[1]): line for key, line in source.lines.items() if len(key) == 2 and key[0] == index}
        origin = Origin(path, source.line(index), lines)
        match entry:
            case Resource():
                _remember(loading, f"resource:{entry.id}", origin, f"the resource id `{entry.id}`", "id")
                loading.resources.append(entry)
            case GlossaryTerm():
                _remember(loading, f"term:{entry.term}", origin, f"the term `{entry.term}`", "term")
                loading.glossary.append(entry)
            case RoundFacts():
                _remember(loading, f"round:{entry.id}", origin, f"the round `{entry.id}`", "id")
                loading.rounds.append(entry)


def _remember(loading: _Loading, key: str, origin: Origin, what: str, field_name: str) -> None:
    """Remember where an entry stands, and report a second one of the same name."""
    first = loading.origins.setdefault(key, origin)
    if first is not origin:
        loading.problem(
            origin.path,
            origin.lines.get(field_name, origin.line),
            f"{what} is already used in {first.path}:{first.line}",
            "Remove one of the two entries, or rename it",
        )


def _navigation(loading: _Loading, path: str, source: Yaml) -> None:
    """Report what is wrong with a .nav.yml; an entry of it may be a link, which must not run anything."""
    loading.slips(path, source.slips)
    nav = (source.value.get("nav") or []) if isinstance(source.value, dict) else source.value
    if source.value is not None and (not isinstance(source.value, dict) or not isinstance(nav, list)):
        cure = "Write `nav:` and below it `  - name`, one a line"
        loading.problem(path, source.line(), "this is no order of pages", cure)
        return
    known = source.value or {}
    for key in known:
        if key not in _NAVIGATION:
            loading.problem(path, source.line(key), f"there is no key `{key}` here", suggestion(str(key), _NAVIGATION))
    if not isinstance(known.get("title", ""), str):
        loading.problem(path, source.line("title"), "`title` must be text", "Put the value into quotes")
    folder = path.rpartition("/")[0]
    for index, entry in enumerate(nav or []):
        line = source.line("nav", index)
        if isinstance(entry, dict) and all(isinstance(value, (str, bool)) for value in entry.values()):
            entry = "" if "glob" in entry else next(iter(entry.values()), "")
        if not isinstance(entry, str):
            loading.problem(path, line, "this is no entry of an order of pages", "Write the name of a file or a folder")
        elif entry.endswith(".md") and not re.search(r"[*?\[:]", entry):
            name = posixpath.normpath(f"{folder}/{entry}")
            if _src(name) not in loading.files:
                names = [other.rpartition("/")[2] for other in loading.files if f"docs/{other}".startswith(folder)]
                cure = suggestion(entry, sorted(names)) if nearest(entry, names) else "Remove the line"
                loading.problem(path, line, f"there is no page `{entry[:60]}` in this folder", cure)
    work: list[tuple[tuple[str | int, ...], Any]] = [((), source.value)]
    while work:
        at, value = work.pop()
        if isinstance(value, dict):
            work.extend(((*at, str(key)), inner) for key, inner in value.items())
        elif isinstance(value, list):
            work.extend(((*at, index), inner) for index, inner in enumerate(value))
        elif isinstance(value, str) and (
            re.match(r"\s*(?!https:)[a-z][a-z0-9+.-]*\s*:", value, re.IGNORECASE) or not is_address(value)
        ):
            loading.problem(
                path, source.line(*at), f"`{value[:60]}` is no place to go to", "Name a file, or an https:// address"
            )


# --- Notebooks ----------------------------------------------------------------------------------------------------


def _notebook(loading: _Loading, path: str) -> None:
    text = _text(loading, path)
    if text is None:
        return
    if path.count("/") > 1:
        loading.problem(path, 1, "a notebook stands right in notebooks/", "Move it up")
        return
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        loading.problem(path, error.lineno, f"this is not valid JSON ({error.msg})", "Save the notebook with Jupyter")
        return
    except (RecursionError, ValueError) as error:
        loading.problem(path, 1, f"the notebook cannot be read ({str(error)[:80]})", "Save the notebook with Jupyter")
        return
    if re.search(r"\\u[dD][89a-fA-F]", text) and (half := _half_pair(data)):
        line = text.lower().count("\n", 0, max(0, text.lower().find(half))) + 1
        loading.problem(path, line, f"there is half of a character (`{half}`)", "Delete it and type the text again")
        return
    data = data if isinstance(data, dict) else {}
    raw_cells, metadata = data.get("cells"), data.get("metadata")
    if data.get("nbformat") != 4 or not isinstance(raw_cells, list) or not isinstance(metadata, dict):
        loading.problem(path, 1, "this is not a notebook of format 4", "Save the notebook with Jupyter")
        return
    name = path.rpartition("/")[2].removesuffix(".ipynb")
    if not _PAGE_NAME.match(name):
        cure = f"Rename it to `{_kebab(name)}.ipynb`" if _kebab(name) else "Rename it"
        loading.problem(path, 1, f"`{name}` is not a page name in kebab-case", cure)
    elif name == "index":
        loading.problem(path, 1, "`index` is the list of notebooks", "Name the notebook after its question")
    starts = [text.count("\n", 0, match.end()) + 1 for match in _CELL.finditer(text)]
    cells: list[Cell] = []
    for index, raw in enumerate(raw_cells):
        line = starts[index] if index < len(starts) else 1
        cell = _cell(raw, line)
        if cell is None:
            loading.problem(
                path, line, f"cell {index + 1} is not a cell of a notebook", "Save the notebook with Jupyter"
            )
        else:
            cells.append(cell)
            if raw.get("attachments"):
                cure = "Draw it with code, or leave it out"
                loading.problem(path, line, f"cell {index + 1} has a picture attached", cure)
    body = merge((parse(cell.source), cell.line) for cell in cells if cell.kind == "markdown")
    loading.slips(path, body.slips)
    matter, line = metadata.get("guide"), _key_line(text, "guide")
    values: Mapping[str, Any] = {}
    lines: dict[str, int] = {}
    if not isinstance(matter, dict):
        loading.problem(
            path,
            _key_line(text, "metadata"),
            "the notebook has no `metadata.guide`",
            "Add it with summary, rounds, level, importance, minutes, prerequisites, tracks and reviewed",
        )
    else:
        lines = {str(key): _key_line(text, str(key), line) for key in matter}
        places: dict[tuple[str | int, ...], int] = {(): line, **{(key,): at for key, at in lines.items()}}
        checked = check_matter(MATTER["notebook"], matter, Yaml(matter, places), what="`metadata.guide`")
        loading.slips(path, checked.slips)
        values = checked.values
    identifier = f"notebooks/{name}"
    title = next((heading.text for heading in body.headings if heading.level == 1), name)
    loading.pages.append(
        Notebook(
            **values,
            id=identifier,
            path=path,
            src=path,
            url=page_url(identifier),
            title=title,
            body=body,
            lines=lines,
            cells=tuple(cells),
        )
    )


def _half_pair(data: Any) -> str:
    """Return the first half of a surrogate pair that stands alone, as JSON writes it, or nothing."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"\\u{ord(error.object[error.start]):04x}"
    return ""


def _cell(raw: Any, line: int) -> Cell | None:
    """Return a cell from its JSON, or None when it is none."""
    if not isinstance(raw, dict) or raw.get("cell_type") not in ("markdown", "code", "raw"):
        return None
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    outputs, count = raw.get("outputs"), raw.get("execution_count")
    return Cell(
        raw["cell_type"],
        source,
        line,
        len(outputs) if isinstance(outputs, list) else 0,
        count if isinstance(count, int) else None,
    )


def _key_line(text: str, key: str, after: int = 1) -> int:
    """Return the line of a JSON key, the first one at or below a line."""
    pattern = re.compile(rf'(?<!\\)"{re.escape(key)}"\s*:')
    match = pattern.search(text, _offset(text, after)) or pattern.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def follow_ups(question: Question) -> list[str]:
    """Return the follow-ups of a question, one text for each list item."""
    starts = [match.start() for match in _LIST_ITEM.finditer(question.follow_ups)]
    ends = [*starts[1:], len(question.follow_ups)] if starts else []
    return [
        re.sub(r"^ {0,3}(?:[-*+]|\d+[.)]) +", "", question.follow_ups[start:end]).strip()
        for start, end in zip(starts, ends, strict=True)
    ]
