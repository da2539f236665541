"""What the tests of practice share: a page on a Monday, and ways to answer, to let days pass and to look."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.planning import day
from tests.builtsite import SITE

Practice = Callable[..., Page]

RECORDS = """async (ns) => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  // Sounds have a database of their own.
  const found = (await indexedDB.databases()).find(({ name }) => !name.endsWith("#sounds"));
  if (!found) return [];
  const database = await answer(indexedDB.open(found.name));
  const all = await answer(database.transaction("records").objectStore("records").getAll());
  database.close();
  return all.filter((row) => row.ns === ns && !row.gone).map((row) => row.value);
}"""


def records(page: Page, namespace: str) -> list[dict[str, Any]]:
    """Return what the disk holds of a namespace."""
    return page.evaluate(RECORDS, namespace)  # type: ignore[no-any-return]


def held(page: Page, namespace: str, count: int, **values: Any) -> list[dict[str, Any]]:
    """Wait until the disk holds so many records of a namespace with these values, and return them."""
    for _ in range(400):
        found = [record for record in records(page, namespace) if record.items() >= values.items()]
        if len(found) == count:
            return found
        page.wait_for_function("() => new Promise((done) => requestIdleCallback(() => done(true)))")
    raise AssertionError(f"{len(records(page, namespace))} records of {namespace}, not {count}")


def stand_at(page: Page, days: int) -> Page:
    """Let it be another day, and look at the page again."""
    page.clock.set_fixed_time(f"{day(days).isoformat()}T08:00:00")
    page.reload()
    return mounted(page)


def mounted(page: Page) -> Page:
    """Wait until the island of the page is there."""
    page.wait_for_selector(".tl-practice > :not(.tl-island-note)")
    return page


def begin(page: Page) -> Page:
    """Begin the sitting that is offered."""
    page.get_by_role("button", name="Begin: ").click()
    return asked(page)


def asked(page: Page) -> Page:
    """Wait until a question is asked."""
    page.wait_for_selector(".tl-drill .tl-question h2")
    return page


def title(page: Page) -> str:
    """Return the question that is asked."""
    return page.locator(".tl-drill .tl-question h2").inner_text()


def answer(page: Page, grade: str, points: int = 0) -> None:
    """Show the answer, tick the first points, and grade."""
    page.get_by_role("button", name="Show the answer").click()
    boxes = page.locator(".tl-drill__points").get_by_role("checkbox")
    for at in range(points):
        boxes.nth(at).check()
    page.get_by_role("button", name=grade).click()


def scripts(requests: list[str]) -> int:
    """Return the bytes, gzipped, of the scripts among addresses that were asked for."""
    names = {url.split("/assets/")[1].split("?")[0] for url in requests if "/assets/" in url and ".js" in url}
    return sum(len(gzip.compress((SITE / "assets" / name).read_bytes(), 6)) for name in names)
