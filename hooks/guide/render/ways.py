"""The ways from a page to practice: below *Questions*, their drill; below the prompt of a case, the mock interview.

Both need a script, and so is what leads there: `tl-needs-js`, which is neither shown without one nor printed. The
addresses of the mock and of the interviewer's sheet name the case (overrides/app/core/practice/mock.ts).
"""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import urlencode

from guide.model.catalogue import Catalogue, Page

# What stays readable in an address.
_PLAIN: Final = "/"
_QUESTIONS: Final = re.compile(r'<h2 id="questions"[^>]*>.*?</h2>', re.DOTALL)
_PROMPT: Final = re.compile(r'<h2 id="the-prompt"[^>]*>.*?</h2>\s*<blockquote>.*?</blockquote>', re.DOTALL)


def with_ways(html: str, page: Page, catalogue: Catalogue) -> str:
    """Return a page with its ways to the drill and the mock, as far as the guide has them."""
    root = "../" * page.url.count("/")
    drills, mock = catalogue.page("practice/drills"), catalogue.page("practice/mock")
    if drills and page.questions:
        named = "this one" if len(page.questions) == 1 else f"these {len(page.questions)}"
        address = f"{root}{drills.url}#page={page.id}"
        html = _after(_QUESTIONS, html, f'<a href="{escape(address)}">Drill {named}</a>')
    if mock and page.kind == "case" and (sheet := _sheet(page, catalogue)):
        place = f"{root}{mock.url}"
        wish = urlencode({"case": page.id}, safe=_PLAIN)
        alone = f'<a href="{escape(f"{place}#{wish}")}">a mock interview</a>'
        partner = f'<a href="{escape(f"{place}#{sheet}")}">the interviewer’s sheet for this case</a>'
        html = _after(_PROMPT, html, f"Against the clock: {alone} of this case. With a partner who asks: {partner}.")
    return html


def _sheet(case: Page, catalogue: Catalogue) -> str:
    """Return what stands behind the # of the interviewer's sheet; empty where the round's length is not known."""
    facts = next((each for name in case.rounds if (each := catalogue.round(name)) and each.minutes), None)
    if facts is None or facts.minutes is None or case.level is None:
        return ""
    given = {"interviewer": facts.id, "level": case.level, "minutes": str(facts.minutes[1]), "items": case.id}
    return urlencode(given, safe=_PLAIN)


def _after(place: re.Pattern[str], html: str, said: str) -> str:
    return place.sub(lambda match: f'{match[0]}\n<p class="tl-way tl-needs-js">{said}</p>', html, count=1)
