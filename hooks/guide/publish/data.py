"""Catalogue → what the site publishes as data, and the pages left behind at former addresses.

What the planner, the drills and the readiness map read in the browser is said once, for whoever else reads it:
docs/contributing/how-it-is-built.md, "The published catalogue". The same catalogue gives the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from guide.check.twists import twists_of
from guide.model.allocation import NAMES, Allocation
from guide.model.catalogue import Catalogue, Chapter, Exercise, Page, Question, Resource, RoundChapter
from guide.model.choice import PAGE
from guide.model.views import minutes_with_questions, resource_url, short_minutes
from guide.model.vocabulary import AREAS, QUESTION_MINUTES
from guide.publish import schemas
from guide.publish.search import plain
from guide.render.pages import script_hash

VERSION: Final = 1


def published(catalogue: Catalogue) -> dict[str, str]:
    """Return every file of data that is made of the catalogue alone, by its path in the site."""
    content: dict[str, Any] = {
        "catalogue": catalogue_data(catalogue),
        # For each term of the glossary that has other names, all its names.
        "synonyms": [[term.term, *term.aliases] for term in catalogue.glossary if term.aliases],
        "choices": choices_data(catalogue),
        "twists": twists_data(catalogue),
        # The rules that read a job posting.
        "postings": [rule.model_dump(mode="json", exclude_none=True) for rule in catalogue.postings],
    }
    if catalogue.allocation is not None:
        content["allocation"] = allocation_data(catalogue.allocation, catalogue)
    editors = {f"data/schemas/{name}": text for name, text in schemas.published().items()}
    return {f"data/{name}.json": compact(data) for name, data in content.items()} | editors


def compact(content: Any) -> str:
    """Return JSON as browsers fetch it: no blanks, letters as they are."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def allocation_data(allocation: Allocation, catalogue: Catalogue) -> dict[str, Any]:
    """Return the allocation as the browser reads it: the file, the pots of the rounds, the closed lists.

    `null` is never written: what is absent is left out.
    """
    data = allocation.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        "version": 1,
        "reviewed": data.pop("reviewed"),
        "sources": data.pop("sources"),
        "pots": {facts.id: facts.allocation for facts in catalogue.rounds},
        "names": {key: dict(names) for key, names in NAMES.items()},
        **data,
    }


def choices_data(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return every multiple-choice item: its texts as Markdown, its answers in the order in which they are shown."""
    return [
        {
            "id": choice.id,
            "url": f"{PAGE}/#{choice.id}",
            "area": chapter.area,
            "chapter": chapter.id,
            "level": choice.level,
            "question": choice.question,
            "answers": [answer.text for answer in choice.answers],
            "why": [answer.why for answer in choice.answers],
            "right": choice.place,
        }
        for chapter, choice in catalogue.choices_by_chapter
    ]


def twists_data(catalogue: Catalogue) -> dict[str, list[list[str]]]:
    """Return, by the id of the case, what is said and what a strong answer says, as plain text, for mock interviews.

    A file of its own, fetched only for an interview about a case: its page is many times as large.
    """
    found = {page.id: [[plain(one.said), plain(one.answer)] for one in twists_of(page)] for page in catalogue.cases}
    return {case: twists for case, twists in found.items() if twists}


def catalogue_data(catalogue: Catalogue) -> dict[str, Any]:
    """Return the content of data/catalogue.json as JSON values."""
    return {
        "version": VERSION,
        "rounds": [
            _given(
                id=facts.id,
                name=facts.name,
                minutes=facts.minutes,
                hue=facts.hue,
                allocation=facts.allocation,
                url=chapter.url if (chapter := catalogue.round_chapter(facts.id)) is not None else None,
            )
            for facts in catalogue.rounds
        ],
        "areas": [{"id": key, "title": title} for key, title in AREAS.items()],
        "items": [
            *(item for page in catalogue.pages if page.template != "404.html" for item in _page_items(catalogue, page)),
            *(_resource(catalogue, resource) for resource in catalogue.resources),
        ],
    }


def _page_items(catalogue: Catalogue, page: Page) -> Iterator[dict[str, Any]]:
    yield _given(
        # What the planner may book has these lists even when they are empty.
        () if page.kind in ("page", "round") else ("rounds", "prerequisites", "tracks"),
        id=page.id,
        kind=page.kind,
        url=page.url,
        title=page.title,
        summary=page.summary,
        rounds=page.rounds,
        level=page.level,
        minutes=page.minutes,
        short=short_minutes(page),
        withQuestions=minutes_with_questions(page),
        importance=page.importance,
        prerequisites=catalogue.now(page.prerequisites),
        tracks=page.tracks,
        companies=page.companies,
        area=page.area if isinstance(page, Chapter) else None,
        topics=catalogue.now(page.topics) if isinstance(page, RoundChapter) else None,
        uses=catalogue.now(page.uses),
        notebooks=catalogue.now(page.notebooks),
        exercises=catalogue.now(page.exercises),
        resources=page.resources,
        aliases=page.aliases,
        reviewed=page.reviewed.isoformat() if page.reviewed else None,
        debug=True if isinstance(page, Exercise) and page.broken is not None else None,
        pattern=page.pattern if isinstance(page, Exercise) else None,
        questions=len(page.questions) or None,
    )
    for question in page.questions:
        yield _given(
            id=question.id,
            kind="question",
            url=f"{page.url}#{question.slug}",
            title=question.title,
            page=page.id,
            questionKind=question.kind,
            phrasing=question.phrasing,
            rounds=question.rounds,
            level=question.level,
            minutes=QUESTION_MINUTES[question.kind],
            importance=page.importance,
            tracks=page.tracks,
            prerequisites=[page.id],
            aliases=[f"{page.id}#{alias}" for alias in question.aliases],
            print=content_print(question),
        )


def content_print(question: Question) -> str:
    """Return a short text that differs when what is learned of a question does: what is asked, answered and ticked.

    How its lines are broken does not matter. Who has learned it is told of a change, and may learn it anew.
    """
    texts = (question.title, question.short, question.full, question.points)
    said = "\0".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _resource(catalogue: Catalogue, resource: Resource) -> dict[str, Any]:
    return _given(
        ("rounds", "topics"),
        id=resource.id,
        kind="resource",
        url=resource_url(resource),
        title=resource.title,
        author=resource.author,
        resourceKind=resource.kind,
        cost=resource.cost,
        level=resource.level,
        hours=int(resource.hours) if resource.hours == int(resource.hours) else resource.hours,
        rounds=resource.rounds,
        topics=catalogue.now(resource.topics),
        good_for=resource.good_for,
        href=resource.url,
    )


def _given(always: Sequence[str] = (), **values: Any) -> dict[str, Any]:
    """Return what there is: neither None nor, but for those `always` listed, an empty list."""
    return {key: value for key, value in values.items() if key in always or value not in (None, (), [])}


# --- Former addresses ---------------------------------------------------------------------------------------------


def redirects(catalogue: Catalogue) -> Mapping[str, Page]:
    """Return the page that each former page address leads to; the address is relative to the root of the site."""
    taken = {page.url for page in catalogue.pages}
    return {f"{alias}/": page for page in catalogue.pages for alias in sorted(page.aliases) if f"{alias}/" not in taken}


# The same for every page, and with it the hash in the policy: where to is read from the link.
_ONWARD: Final = 'location.replace(document.querySelector("a").href + location.search + location.hash)'


def redirect_page(former: str, target: str, title: str, site_url: str = "") -> str:
    """Return the page that stands at a former address: it leads on by itself, and by a link where that is switched off.

    A refresh alone would forget the question that a link names behind the `#`. So a script, the one that the page's
    policy lets run, takes it along, and the refresh is for browsers without scripts. The canonical address is absolute
    when the address of the site is known, as search engines want it.
    """
    onward = html.escape(posixpath.relpath(target or ".", former) + "/", quote=True)
    canonical = html.escape(site_url.rstrip("/") + "/" + target if site_url else onward, quote=True)
    name = html.escape(title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{script_hash(_ONWARD)}'">
<noscript><meta http-equiv="refresh" content="0; url={onward}"></noscript>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{canonical}">
<title>{name}</title>
</head>
<body>
<h1>This page has moved</h1>
<p>It is now at <a href="{onward}">{name}</a>.</p>
<script>{_ONWARD}</script>
</body>
</html>
"""
