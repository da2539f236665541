"""A reader who practices for weeks and keeps an account of their own, against which every visit is held.

The account knows what was graded and on which day each question was promised back; it is kept from what the page shows,
and never from what the page has stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Served
from tests.browser.planning import day, planned
from tests.browser.practice import asked, held, mounted, records, title
from tests.browser.test_readiness import table

AGAIN, HARD, GOOD, EASY = "1234"
KEPT = ("reviews", "ticks", "fires", "mocks")
NEXT = "#drill-end, .tl-drill:not([data-seen]) .tl-question h2"

# Takes whether the question is new, and the how-manieth of its kind it is in the sitting.
Grading = Callable[[bool, int], str]


class Answer(NamedTuple):
    """One grade: of which question, and in how many days its button promised the question back."""

    title: str
    grade: str
    back: int


@dataclass
class Card:
    """A question as the reader knows it."""

    # How it was answered the first time, and after how many days it was promised back then.
    first: str
    wait: int = 0
    days: list[int] = field(default_factory=list)
    # None: it was asked where no day was promised.
    promised: int | None = None


class Sitting(NamedTuple):
    """A line of the story: on which day, how many came back, how many were new, how many grades."""

    day: int
    due: int
    new: int
    grades: int


class Readiness(NamedTuple):
    """What readiness says on a day: questions that were met, and how much of them is remembered, in percent."""

    day: int
    met: int
    remembered: int


@dataclass
class Reader:
    """Somebody with an interview some weeks ahead."""

    page: Page
    site: Served
    today: int = 0
    cards: dict[str, Card] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    sittings: list[Sitting] = field(default_factory=list)
    looked: list[Readiness] = field(default_factory=list)
    _titles: set[str] = field(default_factory=set)

    def come(self, days: int, path: str) -> Page:
        """Open a page on a day, at eight in the morning."""
        self.today = days
        self.page.clock.set_fixed_time(f"{day(days).isoformat()}T08:00:00")
        self.page.goto(self.site.url + path)
        return planned(self.page) if path == "plan/" else mounted(self.page)

    def hold(self) -> None:
        """Hold what the disk has against the account."""
        for namespace in KEPT:
            held(self.page, namespace, self.counts[namespace])

    def tick(self, many: int) -> None:
        """Tick so many of today's sessions that are no drills."""
        for box in self.open_boxes().all()[:many]:
            box.check()
            self.counts["ticks"] += 1
        self.hold()

    def open_boxes(self) -> Locator:
        """Return the boxes of what is planned for today, drills aside."""
        return self.page.locator(".tl-plan-today").get_by_role("checkbox", name=re.compile("^Done: (?!Drill)"))

    def drill(self, grade: Grading) -> list[str]:
        """Grade what today asks for, to its end; return the questions that came back."""
        shown = self.page.locator(".tl-drill__figures").inner_text()
        due, new = (int(one) for one in re.findall(r"\d+", shown)[:2])
        if due + new == 0:
            self.sittings.append(Sitting(self.today, 0, 0, 0))
            return []
        self.page.get_by_role("button", name="Begin: ").click()
        back, fresh = self.sit(grade)
        assert (len(back), len(fresh)) == (due, new)
        return back

    def sit(self, grade: Grading, *, planned: bool = False) -> tuple[list[str], list[str]]:
        """Grade the sitting that was begun, which ticks what is planned; return what came back and what was new."""
        before = {one["id"] for one in records(self.page, "reviews")}
        answers = self._answer(grade)
        self.counts["reviews"] += len(answers)
        self.counts["ticks"] += planned
        self.hold()
        log = sorted(records(self.page, "reviews"), key=lambda one: int(one["at"]))
        graded = [str(one["card"]) for one in log if one["id"] not in before]
        asked_now = list(dict.fromkeys(graded))
        back, new = ([one for one in asked_now if (one in self.cards) is old] for old in (True, False))
        for card, answer in zip(graded, answers, strict=True):
            mine = self.cards.setdefault(card, Card(answer.grade))
            mine.days += [self.today] if self.today not in mine.days else []
            mine.promised = self.today + answer.back
            mine.wait = answer.back if mine.days == [self.today] else mine.wait
        self.sittings.append(Sitting(self.today, len(back), len(new), len(graded)))
        return back, new

    def _answer(self, grade: Grading) -> list[Answer]:
        page = self.page
        answers: list[Answer] = []
        seen = Counter[str]()
        kinds = Counter[bool]()
        while not page.locator("#drill-end").count():
            asked(page)
            question = title(page)
            new = question not in self._titles
            # What was wrong comes back in the sitting, and is hard.
            key = HARD if seen[question] else grade(new, kinds[new])
            kinds[new] += 0 if seen[question] else 1
            seen[question] += 1
            page.evaluate("document.querySelector('.tl-drill').dataset.seen = ''")
            page.keyboard.press("Space")
            said = page.locator(f".tl-drill__grade--{key} span").inner_text()
            answers.append(Answer(question, key, int("".join(re.findall(r"\d", said)) or 0)))
            page.keyboard.press(key)
            page.wait_for_selector(NEXT)
        self._titles |= set(seen)
        return answers

    def due(self) -> set[str]:
        """Return the questions that were promised for today or before."""
        return {card for card, one in self.cards.items() if one.promised is not None and one.promised <= self.today}

    def unpromised(self) -> set[str]:
        """Return the questions that were last asked where no day is promised."""
        return {card for card, one in self.cards.items() if one.promised is None}

    def readiness(self) -> Readiness:
        """Look at readiness, and sum up its areas."""
        lines = table(self.come(self.today, "practice/readiness/"), "By area")
        met = [int(line[1].split(" of ")[0]) for line in lines]
        now = [int(line[2].rstrip("%")) if line[2] != "–" else 0 for line in lines]
        whole = sum(met)
        seen = Readiness(self.today, whole, round(sum(a * b for a, b in zip(met, now, strict=True)) / max(1, whole)))
        self.looked.append(seen)
        return seen

    def figures(self) -> str:
        """Tell the story in figures, week by week."""
        told = []
        for week in sorted({one.day // 7 for one in self.sittings}):
            sittings = [one for one in self.sittings if one.day // 7 == week]
            days = len({one.day for one in sittings})
            due, new, grades = (sum(one[at] for one in sittings) for at in (1, 2, 3))
            told.append(f"week {week + 1}: {days} days, {due} came back, {new} new, {grades} grades")
        counts = ", ".join(f"{self.counts[one]} {one}" for one in KEPT)
        seen = ", ".join(f"day {one.day}: {one.met} met, {one.remembered}% remembered" for one in self.looked)
        return "; ".join([*told, counts, seen])
