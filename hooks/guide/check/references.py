"""The contracts of ids: each is there once, and what is named exists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from guide.model.catalogue import Catalogue, Page
from guide.model.problems import Problem, nearest
from guide.model.vocabulary import AREAS


def unique_ids(catalogue: Catalogue) -> Iterator[Problem]:
    """No two pages have one id, and no alias is in use elsewhere."""
    first: dict[str, Page] = {}
    for page in catalogue.pages:
        other = first.setdefault(page.id, page)
        if other is not page:
            said = f"the page id `{page.id}` is already used by {other.path}"
            yield page.problem(1, said, "Rename or delete one of the two files")
    aliased: dict[str, Page] = {}
    for page in catalogue.pages:
        for alias in page.aliases:
            if alias in first:
                said = f"the alias `{alias}` is the id of {first[alias].path}"
                yield page.problem("aliases", said, "An alias is an id that no page has anymore; remove it")
            elif aliased.setdefault(alias, page) is not page:
                said = f"the alias `{alias}` is already used by {aliased[alias].path}"
                yield page.problem("aliases", said, "Keep it in one place")
        taken = {question.slug for question in page.questions} | {heading.anchor for heading in page.body.headings}
        for question in page.questions:
            for alias in question.aliases:
                if alias in taken:
                    said = f"the alias `{alias}` is already used on this page"
                    fix = "An alias is an id that no question and no heading has anymore; remove it"
                    yield page.problem(question.lines.get("aliases", question.line), said, fix)
                taken.add(alias)


def _reference(catalogue: Catalogue, page: Page, key: str, value: str, kind: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the id of a page, of a kind perhaps, in the front matter."""
    found = catalogue.page(value)
    if found is None:
        ids = [other.id for other in catalogue.pages if kind is None or other.kind == kind]
        said, fix = "does not exist", _did_you_mean(value, ids, page.id)
    elif found.id != value:
        said, fix = "has moved", f"Write `{found.id}`"
    elif kind is not None and found.kind != kind:
        said, fix = f"is no {kind}", f"Name a {kind}"
    elif found.id == page.id:
        yield page.problem(key, f"`{key}` names the page itself", "Remove it")
        return
    else:
        return
    yield page.problem(key, f"`{key}` names `{value}`, which {said}", fix)


def _did_you_mean(value: str, ids: Iterable[str], but: str = "") -> str:
    near = meant(value, [other for other in ids if other != but])
    return f"Did you mean `{near}`?" if near else "Name a page by its path below docs/, without .md"


def meant(value: str, ids: Iterable[str]) -> str | None:
    """Return the id that was most likely meant: by its last part, since pages are moved and folders are mistyped."""
    tails: dict[str, list[str]] = {}
    for known in ids:
        tails.setdefault(known.rpartition("/")[2], []).append(known)
    found = difflib.get_close_matches(value.rpartition("/")[2], tails, n=1, cutoff=0.8)
    if not found:
        return None
    return max(tails[found[0]], key=lambda known: difflib.SequenceMatcher(None, value, known).ratio())


# The keys of front matter that name pages, and of which kind.
_NAMING: Final = {
    "prerequisites": None,
    "uses": None,
    "notebooks": "notebook",
    "exercises": "exercise",
    "topics": None,
}


def references(catalogue: Catalogue) -> Iterator[Problem]:
    """Every id in front matter, resources and glossary names something that exists and is of the right kind."""
    # A file that cannot be read is told once, and not again by every page that names an entry of it.
    unread = any(path.startswith("docs/resources/") for path in catalogue.unread)
    for page in catalogue.pages:
        for key, kind in _NAMING.items():
            for value in getattr(page, key, ()):
                if key != "topics" or value not in AREAS:
                    yield from _reference(catalogue, page, key, value, kind)
        for value in page.resources:
            if catalogue.resource(value) is None and not unread:
                said = f"`resources` names `{value}`, which is in no file of docs/resources/"
                near = nearest(value, (resource.id for resource in catalogue.resources))
                fix = f"Did you mean `{near}`?" if near else "Add the entry, or name one that is there"
                yield page.problem("resources", said, fix)
    ids = [page.id for page in catalogue.pages]
    for resource in catalogue.resources:
        origin = catalogue.origin(f"resource:{resource.id}")
        for value in resource.topics:
            if value not in AREAS and catalogue.page(value) is None:
                said = f"`topics` names `{value}`, which is neither an area nor a page"
                yield origin.problem("topics", said, _did_you_mean(value, [*AREAS, *ids]))
    for term in catalogue.glossary:
        if term.page is not None and catalogue.page(term.page) is None:
            origin = catalogue.origin(f"term:{term.term}")
            said = f"`page` names `{term.page}`, which does not exist"
            yield origin.problem("page", said, _did_you_mean(term.page, ids))


def cycles(catalogue: Catalogue) -> Iterator[Problem]:
    """Prerequisites have an order: following them never comes back."""
    needs = {
        page.id: [found.id for value in page.prerequisites if (found := catalogue.page(value)) and found.id != page.id]
        for page in catalogue.pages
    }
    while True:
        try:
            TopologicalSorter(needs).prepare()
            return
        except CycleError as error:
            *loop, last, first = reversed(error.args[1])
        page = catalogue.page(last)
        if page is not None:
            said = f"the prerequisites form a cycle: {' → '.join([*loop, last, first])}"
            fix = "Remove one of them; related pages that are no prerequisite belong in `uses`"
            yield page.problem("prerequisites", said, fix)
        # Told; the next one is looked for without it.
        needs[last].remove(first)
