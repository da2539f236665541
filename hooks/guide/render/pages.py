"""The last touches to a finished page: its security policy, its heading.

Pure functions over HTML text, used by hooks/pages.py after every other step has put its part in place.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode


def script_hash(script: str) -> str:
    """Return how a policy names an inline script that may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def content_security_policy(scripts: Iterable[str], preview: bool = False) -> str:
    """Return the policy that stands in every page; `scripts` are the templates' own inline scripts.

    It is the same for all pages, because a page that is swapped in by instant navigation lives under the policy of
    the page that was loaded first. Style attributes are allowed, since plots and a few signs of formulas are placed
    by them; style elements are not. The preview server of MkDocs puts a script of its own into each
    page, which changes with every build, so a `preview` allows inline scripts; what is published does not.
    """
    allowed = "'unsafe-inline'" if preview else " ".join(f"'{script_hash(script)}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {allowed}".rstrip(),
            "style-src 'self'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            # What a reader has recorded of themselves: made in the page, and heard there alone.
            "media-src blob:",
            "worker-src 'self'",
            # The empty page in which a reader's Python runs (guide.publish.python).
            "frame-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def drawn_boxes(html: str) -> str:
    """Return HTML with the boxes of task lists drawn, where Markdown puts controls that nobody can use or name."""

    def box(match: re.Match[str]) -> str:
        done = "checked" in match[1]
        said = '<span class="tl-hidden">Done: </span>' if done else ""
        return f'<span class="tl-box{" tl-box--done" if done else ""}"></span>{said}'

    control = r'<input type="checkbox"([^>]*)>\s*<span class="task-list-indicator"></span>'
    return re.sub(rf'<label class="task-list-control">{control}</label>', box, html)


def quiet_permalinks(html: str) -> str:
    """Return HTML whose headings are called by their text alone.

    The sign that links to a heading would be read out as part of it, and is a stop for the keyboard at every heading;
    the contents of the page lead to the same places. It is left to those who point with a mouse.
    """
    return html.replace('<a class="headerlink" ', '<a class="headerlink" aria-hidden="true" tabindex="-1" ')


def reachable_code(html: str) -> str:
    """Return HTML whose blocks of code take the keyboard, since on a phone nearly each of them scrolls sideways.

    Browsers that translate a page leave them as they are.
    """
    return html.replace("<pre><span></span><code>", '<pre><span></span><code tabindex="0" translate="no">')


class Headed(NamedTuple):
    """A page taken apart: the HTML within its first heading of level 1, the id of that heading, and all the rest."""

    heading: str
    id: str
    body: str


def headed(html: str, title: str) -> Headed:
    """Take the main heading out of a page, so that the template can set it; without one, the title stands in."""
    match = re.search(r"<h1\b(?P<attributes>[^>]*)>(?P<text>.*?)</h1>\s*", html, re.DOTALL)
    if match is None:
        return Headed(escape(title, quote=False), "", html)
    text = re.sub(r'<a class="headerlink".*?</a>', "", match["text"], flags=re.DOTALL)
    name = re.search(r'\bid="([^"]*)"', match["attributes"])
    return Headed(text.strip(), name[1] if name else "", html[: match.start()] + html[match.end() :])


def report_address(repository: str, title: str, address: str) -> str:
    """Return the address of the issue form with the page filled in, or nothing when there is no repository."""
    if not repository:
        return ""
    query = urlencode({"template": "mistake.yml", "title": f"Mistake: {title}", "page": address})
    return f"{repository.rstrip('/')}/issues/new?{query}"
