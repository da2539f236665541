"""Data files → entries: glossary, rounds, resources, question banks, rules for postings; the order in a folder."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import Any, Final, NamedTuple

from guide.model.catalogue import GlossaryTerm, Origin, QuestionBank, Resource, RoundFacts
from guide.model.choice import FOLDER as CHOICES
from guide.model.choice import Choice
from guide.model.posting import PATH as POSTINGS
from guide.model.posting import PostingRule
from guide.model.problems import nearest, suggestion
from guide.model.types import Noun
from guide.read.disk import Loading, read_text, src_of
from guide.read.markup import is_address
from guide.read.values import check_entry
from guide.read.yaml import Yaml, read_yaml

# What a .nav.yml may hold, of all that awesome-nav knows.
_NAVIGATION: Final = ("title", "nav", "append_unmatched", "hide", "ignore", "sort")


def entries_of(loading: Loading, path: str, source: Yaml) -> list[Any]:
    """Return the entries of a data file that has to be a list."""
    if source.problems or source.value is None:
        loading.unread |= {path} if source.problems else set()
        return []
    if not isinstance(source.value, list):
        loading.unread.add(path)
        loading.problem(path, source.line(), "the file must be a list", "Begin every entry with `- `")
        return []
    return source.value


class _Kind(NamedTuple):
    """Which files hold entries of a kind, by how their paths begin, and how such an entry is called and kept."""

    path: str
    model: type[Noun]
    what: str
    key: str
    named: str
    into: str
    field: str = "id"


_KINDS: Final = (
    _Kind("docs/glossary.yml", GlossaryTerm, "a glossary entry", "term", "term", "glossary", "term"),
    _Kind("docs/banks.yml", QuestionBank, "a question bank", "bank", "bank id", "banks"),
    _Kind(POSTINGS, PostingRule, "a rule", "posting", "rule", "postings"),
    _Kind(f"{CHOICES}/", Choice, "an item", "choice", "item", "choices"),
    _Kind("docs/rounds/rounds.yml", RoundFacts, "a round", "round", "round", "rounds"),
    _Kind("docs/resources/", Resource, "a resource", "resource", "resource id", "resources"),
)


def read_entries(loading: Loading, path: str) -> None:
    """Read the entries of a data file; what nothing reads is left alone, and told by the checks."""
    kind = next((kind for kind in _KINDS if path.startswith(kind.path)), None)
    if kind is None:
        return
    text = read_text(loading, path)
    if text is None:
        return
    source = read_yaml(text, path=path)
    loading.problems += source.problems
    lines: defaultdict[object, dict[str, int]] = defaultdict(dict)
    for key, line in source.lines.items():
        if len(key) == 2:
            lines[key[0]][str(key[1])] = line
    for index, data in enumerate(entries_of(loading, path, source)):
        entry, problems = check_entry(kind.model, data, source, (index,), kind.what)
        loading.problems += (each._replace(fix=each.fix or "See the entries next to it") for each in problems)
        origin = Origin(path, source.line(index), lines[index])
        if entry is None:
            continue
        name = getattr(entry, kind.field)
        first = loading.origins.setdefault(f"{kind.key}:{name}", origin)
        if first is not origin:
            said = f"the {kind.named} `{name}` is already used in {first.path}:{first.line}"
            fix = "Remove one of the two entries, or rename it"
            loading.problems.append(origin.problem(kind.field, said, fix))
        getattr(loading, kind.into).append(entry)


def read_navigation(loading: Loading, path: str, source: Yaml) -> None:
    """Report what is wrong with a .nav.yml; an entry of it may be a link, which must not run anything."""
    loading.problems += source.problems
    nav = (source.value.get("nav") or []) if isinstance(source.value, dict) else source.value
    if source.value is not None and (not isinstance(source.value, dict) or not isinstance(nav, list)):
        fix = "Write `nav:` and below it `  - name`, one a line"
        loading.problem(path, source.line(), "this is not an order of pages", fix)
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
            loading.problem(
                path, line, "this is not an entry of an order of pages", "Write the name of a file or a folder"
            )
        elif entry.endswith(".md") and not re.search(r"[*?\[:]", entry):
            name = posixpath.normpath(f"{folder}/{entry}")
            if src_of(name) not in loading.files:
                names = [other.rpartition("/")[2] for other in loading.files if f"docs/{other}".startswith(folder)]
                fix = suggestion(entry, sorted(names)) if nearest(entry, names) else "Remove the line"
                loading.problem(path, line, f"there is no page `{entry[:60]}` in this folder", fix)
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
                path, source.line(*at), f"`{value[:60]}` is not a valid target", "Name a file, or an https:// address"
            )
