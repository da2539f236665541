"""MkDocs adapter for finished pages: what the templates need to know, the security policy, the sections.

It comes last, when formulas, diagrams and everything else of a page are in place. guide.render.pages does the work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from guide.model.labels import ASKED, PROMPT
from guide.publish import home
from guide.publish.place import hours
from guide.render import pages, pictures, sections, ways
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

BOOT = Path(__file__).parents[1] / "overrides/partials/boot.js"
SOURCES = "contributing/sources.md"
# What the foot of every page links to, as far as it exists: source path, label.
FOOTER = (
    ("glossary.md", "Glossary"),
    ("practice/offline.md", "Use it offline"),
    ("contributing/index.md", "Contribute"),
    (SOURCES, "Sources and license"),
)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Give the templates the one inline script, the policy that names it, and their helpers."""
    boot = BOOT.read_text("utf-8").strip()
    known = [(files.get_file_from_path(path), label) for path, label in FOOTER]
    env.globals |= {
        "boot_script": boot,
        "content_security_policy": pages.content_security_policy([boot], preview=config.extra["preview"]),
        "report_address": pages.report_address,
        "index_of": _index_of,
        "once": _Once(),
        "first_url": _first_url,
        "title_of": _title_of,
        "long_date": _long_date,
        "duration": hours,
        "asked": ASKED,
        "prompt": PROMPT,
        "sources_url": sources.url if (sources := files.get_file_from_path(SOURCES)) else "",
        "footer_links": [(file.url, label) for file, label in known if file],
    }
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Draw the boxes of task lists; call headings by their text alone; give pictures their size."""
    html = pictures.sized(html, page.url, Path(config.docs_dir))
    return pages.quiet_permalinks(pages.drawn_boxes(html))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Hand the main heading to the template, which sets it together with what is known about the page."""
    parts = pages.headed(page.content or "", str(page.title or config.site_name))
    if page.is_homepage:
        context["stations"] = home.stations(config.extra["catalogue"])
    view = context.get("guide")
    # The list of multiple-choice items is no chapter, and as long as one.
    long = view and (view.kind != "page" or "tl-choice" in parts.body)
    known = config.extra["catalogue"].page_at(page.file.src_uri)
    inner = ways.with_ways(parts.body, known, config.extra["catalogue"]) if known else parts.body
    body = sections.sectioned(inner) if long else inner
    return context | {"heading": parts.heading, "heading_id": parts.id, "body": pages.reachable_code(body)}


# ---- helpers of the templates --------------------------------------------------------------------------------


class _Once:
    """Renders the navigation of a folder once for all its pages, which differ in the link that is marked alone.

    Anew for each page, it would be most of the work of a large build.
    """

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def __call__(self, page: Page, render: Callable[[Any], str], items: Any) -> str:
        """Return `render(items)`, for a page among the items or below them."""
        here = '<a href="./" aria-current="page">'
        there = f'<a href="../{page.url.rstrip("/").rpartition("/")[2]}/">'
        known = self._known.get(id(page.parent))
        if page.is_index or page.parent is None:
            return render(items)
        if known is None:
            html = render(items)
            # A folder without a page of its own leads to its first page, whose links are not those of the others.
            if html.count(here) == 1 and html.count('"./"') == 1 and there not in html:
                self._known[id(page.parent)] = html.replace(here, there)
            return html
        return known.replace(there, here) if known.count(there) == 1 else render(items)


def _index_of(section: Any) -> Page | None:
    """Return the page that stands for a section, or None."""
    children = section.children or [] if isinstance(section, Section) else []
    return next((child for child in children if isinstance(child, Page) and child.is_index), None)


def _title_of(item: Any) -> str:
    """Return what a page or a section is called; a section is called like the page that stands for it."""
    return str((_index_of(item) or item).title)


def _first_url(item: Any) -> str:
    """Return the address of a page, or of the page that a section opens with."""
    while isinstance(item, Section):
        item = _index_of(item) or item.children[0]
    return str(item.url)


def _long_date(value: date | str) -> str:
    """Return a date as a reader reads it: `20 November 2026`."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"
