"""What the tests of the plan share: a Monday for today, and ways to look at the planner and at what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page

MONDAY = date(2026, 11, 23)

Planner = Callable[..., Page]


def day(days: int) -> date:
    return MONDAY + timedelta(days=days)


def stand_at(page: Page, days: int) -> Page:
    """Let it be another day, and look at the page again."""
    page.clock.set_fixed_time(f"{day(days).isoformat()}T08:00:00")
    page.reload()
    return planned(page)


def planned(page: Page) -> Page:
    page.wait_for_selector(".tl-plan[aria-busy=false]")
    return page


KEPT = """async (wanted) => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const rows = async () => {
    const [found] = await indexedDB.databases();
    if (!found) return [];
    const database = await answer(indexedDB.open(found.name));
    const all = await answer(database.transaction("records").objectStore("records").getAll());
    database.close();
    return all;
  };
  for (let turn = 0; turn < 600; turn += 1) {
    const all = await rows();
    const standing = all.find((row) => row.ns === "standing");
    const ticks = all.filter((row) => row.ns === "ticks" && !row.gone);
    if (ticks.length === wanted && Object.keys(standing?.value?.pages ?? {}).length > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}"""


def kept(page: Page, ticks: int) -> None:
    """Wait until the disk holds so many ticks, and what the plan holds."""
    assert page.evaluate(KEPT, ticks), "nothing was kept"
