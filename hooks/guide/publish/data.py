"""Catalogue → what the site publishes as data: `data/catalogue.json`, and the pages left behind at former addresses.

data/catalogue.json is what the planner, the drills and the readiness map read in the browser. What it holds is said
once, for whoever else reads it: docs/contributing/how-it-is-built.md, "The published catalogue". The same catalogue
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Final

from guide.model.catalogue import Catalogue, Chapter, Exercise, Page, Question, Resource, RoundChapter
from guide.model.views import minutes_with_questions, resource_url, short_minutes
from guide.model.vocabulary import AREAS, QUESTION_MINUTES
from guide.render.pages import script_hash

VERSION: Final = 1
PATH: Final = "data/catalogue.json"
SYNONYMS: Final = "data/synonyms.json"


def catalogue_json(catalogue: Catalogue) -> str:
    """Return data/catalogue.json."""
    return json.dumps(catalogue_data(catalogue), ensure_ascii=False, separators=(",", ":")) + "\n"


def synonyms_json(catalogue: Catalogue) -> str:
    """Return data/synonyms.json: for each term of the glossary that has other names, all its names."""
    names = [[term.term, *term.aliases] for term in catalogue.glossary if term.aliases]
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")) + "\n"


def catalogue_data(catalogue: Catalogue) -> dict[str, Any]:
    """Return the content of data/catalogue.json as JSON values."""
    return {
        "version": VERSION,
        "rounds": [
            _without_nothing(
                id=facts.id,
                name=facts.name,
                minutes=list(facts.minutes) if facts.minutes else None,
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
    yield _page(catalogue, page)
    for question in page.questions:
        yield _question(page, question)


def _page(catalogue: Catalogue, page: Page) -> dict[str, Any]:
    item = {
        "id": page.id,
        "kind": page.kind,
        "url": page.url,
        "title": page.title,
        "summary": page.summary,
        "rounds": list(page.rounds),
        "level": page.level,
        "minutes": page.minutes,
        "short": short_minutes(page),
        "withQuestions": minutes_with_questions(page),
        "importance": page.importance,
        "prerequisites": catalogue.now(page.prerequisites),
        "tracks": list(page.tracks),
        "companies": list(page.companies) or None,
        "area": page.area if isinstance(page, Chapter) else None,
        "topics": catalogue.now(page.topics) if isinstance(page, RoundChapter) else None,
        "uses": catalogue.now(page.uses) or None,
        "notebooks": catalogue.now(page.notebooks) or None,
        "exercises": catalogue.now(page.exercises) or None,
        "resources": list(page.resources) or None,
        "aliases": list(page.aliases) or None,
        "reviewed": page.reviewed.isoformat() if page.reviewed else None,
        "debug": True if isinstance(page, Exercise) and page.broken is not None else None,
        "pattern": page.pattern if isinstance(page, Exercise) else None,
        "questions": len(page.questions) or None,
    }
    if page.kind in ("page", "round"):
        item["prerequisites"] = item["prerequisites"] or None
        item["tracks"] = item["tracks"] or None
        item["rounds"] = item["rounds"] or None
    return _without_nothing(**item)


def _question(page: Page, question: Question) -> dict[str, Any]:
    return _without_nothing(
        id=question.id,
        kind="question",
        url=f"{page.url}#{question.slug}",
        title=question.title,
        page=page.id,
        questionKind=question.kind,
        phrasing=question.phrasing,
        rounds=list(question.rounds),
        level=question.level,
        minutes=QUESTION_MINUTES[question.kind],
        importance=page.importance,
        tracks=list(page.tracks) or None,
        prerequisites=[page.id],
        aliases=[f"{page.id}#{alias}" for alias in question.aliases] or None,
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
    return _without_nothing(
        id=resource.id,
        kind="resource",
        url=resource_url(resource),
        title=resource.title,
        author=resource.author,
        resourceKind=resource.kind,
        cost=resource.cost,
        level=resource.level,
        hours=int(resource.hours) if resource.hours == int(resource.hours) else resource.hours,
        rounds=list(resource.rounds),
        topics=catalogue.now(resource.topics),
        good_for=resource.good_for,
        href=str(resource.url) if resource.url else None,
    )


def _without_nothing(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


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
