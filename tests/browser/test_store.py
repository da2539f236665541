"""The store of the browser application, in a real browser: what a reader does is never lost without being told.

A bare page holds the store alone, below two addresses of one origin; every test has a profile of its own.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
from guide.tools.node import node_executable
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.builtsite import ROOT

ORIGIN = "http://127.0.0.1:9"
ENTRY = """
import { openStore } from "./overrides/app/store/store.ts";
import { store } from "./overrides/app/store/index.ts";
import { object, text } from "./overrides/app/core/check.ts";
import { NAMESPACES, PLACE, PLAN, TICKS } from "./overrides/app/core/records.ts";

const surroundings = (changes) => ({
  name: "test",
  indexedDB: () => window.indexedDB,
  channel: () => new BroadcastChannel("test"),
  now: () => Date.now(),
  tab: crypto.randomUUID(),
  patience: 1500,
  ...changes,
});
Object.assign(window, { object, text, store, NAMESPACES, PLACE, PLAN, TICKS });
window.unopened = (changes) => openStore(surroundings(changes));
window.start = async (changes) => { window.s = unopened(changes); await s.ready; };
window.tick = (id, minutes = 25) => ({
  id, date: "2026-11-20", kind: "read", title: "Bias and variance", minutes, round: "ml-breadth", items: ["topics/x"],
});
window.raw = (name, mode, action) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(["records", "aside"], mode);
    const request = action(transaction.objectStore("records"), transaction.objectStore("aside"));
    transaction.oncomplete = () => { opening.result.close(); resolve(request?.result); };
    transaction.onabort = () => reject(transaction.error);
  };
});
window.bundled = true;
"""


@lru_cache(maxsize=2)
def bundle(entry: str = ENTRY) -> str:
    """Return what an entry needs of the application, as one script: the store, unless told otherwise."""
    options = {
        "stdin": {"contents": entry, "resolveDir": str(ROOT)},
        "bundle": True,
        "format": "esm",
        "target": "es2022",
        "write": False,
    }
    program = f"process.stdout.write(require('esbuild').buildSync({json.dumps(options)}).outputFiles[0].text)"
    done = subprocess.run(
        [node_executable(), "-e", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


Tab = Callable[..., Page]


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Return an empty profile in which the page exists."""
    context = browser.new_context()
    document = '<!doctype html><html data-base="./"><title>Store</title><script type="module">{}</script>'
    page = document.replace("{}", bundle())

    def answer(route: Route) -> None:
        route.fulfill(body=page, content_type="text/html")

    context.route(f"{ORIGIN}/**", answer)
    yield context
    context.close()


@pytest.fixture
def tab(profile: BrowserContext) -> Tab:
    """Return a function that opens the page in a new tab, with a store unless told otherwise."""

    def open_(start: str | None = "{}", before: str = "", path: str = "/guide/") -> Page:
        page = profile.new_page()
        if before:
            page.add_init_script(before)
        page.goto(ORIGIN + path)
        begin(page, start)
        return page

    return open_


def begin(page: Page, start: str | None = "{}") -> None:
    page.wait_for_function("window.bundled")
    if start is not None:
        page.evaluate(f"start({start})")


def again(page: Page, start: str = "{}") -> None:
    """Load the page anew."""
    page.reload()
    begin(page, start)


def put(page: Page, *ids: str, minutes: int = 25) -> None:
    for one in ids:
        page.evaluate("([id, minutes]) => s.put(TICKS, id, tick(id, minutes))", [one, minutes])


def ticks(page: Page) -> dict[str, int]:
    found = page.evaluate("Object.fromEntries([...s.all(TICKS)].map(([key, tick]) => [key, tick.minutes]))")
    return dict(found)


def wait_for_ticks(page: Page, *ids: str) -> None:
    page.wait_for_function(
        "ids => ids.length === s.all(TICKS).size && ids.every(id => s.get(TICKS, id))", arg=list(ids)
    )


def status(page: Page) -> dict[str, Any]:
    return dict(page.evaluate("s.status()"))


def rows(page: Page, name: str = "test") -> list[dict[str, Any]]:
    return list(page.evaluate("name => raw(name, 'readonly', records => records.getAll())", name))


def aside(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("raw('test', 'readonly', (_, aside) => aside.getAll())"))


def plant(page: Page, *planted: dict[str, Any]) -> None:
    """Put rows on the disk as they are."""
    page.evaluate("rows => raw('test', 'readwrite', records => void rows.map(row => records.put(row)))", list(planted))


def row(key: str, value: object, **more: object) -> dict[str, Any]:
    return {"ns": "ticks", "key": key, "v": 1, "stamp": 5, "by": "earlier", "value": value} | more


# ---- what is kept ----------------------------------------------------------------------------------------------


def test_what_was_done_is_there_after_a_reload(tab: Tab) -> None:
    page = tab()
    put(page, "read:a", "read:b")
    page.evaluate("s.remove(TICKS, 'read:a')")
    again(page)
    assert ticks(page) == {"read:b": 25}
    assert status(page) == {"kind": "saved", "text": "", "damaged": []}


# Another tab that writes and writes: nobody else does meanwhile.
BUSY = """async () => {
  const [found] = await indexedDB.databases();
  const opening = indexedDB.open(found.name);
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  const records = opening.result.transaction("records", "readwrite").objectStore("records");
  window.busy = true;
  const go = () => { if (window.busy) records.get(["", ""]).onsuccess = go; };
  go();
}"""


def gone_at_once(page: Page, other: Page, action: str) -> None:
    """Do something with the site's own store, and leave the page before the disk can have it."""
    page.evaluate("window.before = true, store().ready")
    other.evaluate(BUSY)
    page.evaluate("(action) => setTimeout(() => { eval(action); location.reload(); })", action)
    page.wait_for_function("window.bundled && !window.before")
    other.evaluate("window.busy = false")
    page.evaluate("(window.s = store()).ready")


def test_what_was_done_just_before_the_page_was_left_is_kept(tab: Tab) -> None:
    page, other = tab(None), tab(None)
    gone_at_once(page, other, "store().put(TICKS, 'read:a', tick('read:a'))")
    assert ticks(page) == {"read:a": 25}
    page.wait_for_function("localStorage.length === 0")
    gone_at_once(page, other, "store().remove(TICKS, 'read:a')")
    assert ticks(page) == {}
    # It is on the disk by now, and nowhere else.
    page.wait_for_function("localStorage.length === 0")
    page.reload()
    begin(page, None)
    page.evaluate("(window.s = store()).ready")
    assert ticks(page) == {}


def test_what_was_left_unwritten_does_not_go_over_what_was_done_since(tab: Tab) -> None:
    page = tab(None)
    page.evaluate("(window.s = store()).ready")
    put(page, "read:a", minutes=40)
    name = page.evaluate("indexedDB.databases().then(([found]) => found.name)")
    early = row("read:a", page.evaluate("tick('read:a', 5)"), v=2)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"{name}:unsaved:x", json.dumps([early, 5])])
    page.reload()
    begin(page, None)
    page.evaluate("(window.s = store()).ready")
    assert ticks(page) == {"read:a": 40}
    page.wait_for_function("localStorage.length === 0")


def test_a_change_is_seen_before_it_is_kept(tab: Tab) -> None:
    page = tab()
    assert page.evaluate("void s.put(TICKS, 'read:a', tick('read:a')), s.get(TICKS, 'read:a').minutes") == 25


def test_a_change_that_comes_while_another_is_being_kept_is_kept_too(tab: Tab) -> None:
    page = tab()
    page.evaluate("""async () => {
        const first = s.put(TICKS, 'read:a', tick('read:a', 10));
        for (let turn = 0; turn < 10; turn += 1) await null;
        await Promise.all([first, s.put(TICKS, 'read:a', tick('read:a', 20))]);
    }""")
    assert [one["value"]["minutes"] for one in rows(page)] == [20]


def test_what_was_removed_long_ago_leaves_no_trace(tab: Tab) -> None:
    page = tab("{ now: () => 1000 }")
    put(page, "read:a")
    page.evaluate("s.remove(TICKS, 'read:a')")
    month = 31 * 86_400_000
    again(page, "{ now: () => 2000 }")
    assert len(rows(page)) == 1
    again(page, f"{{ now: () => {month} }}")
    assert rows(page) == []


def test_views_are_told_which_namespaces_have_changed(tab: Tab) -> None:
    page = tab()
    told = page.evaluate("""async () => {
        const told = [];
        const stop = s.subscribe(changed => told.push([...changed].join()));
        await s.put(TICKS, 'read:a', tick('read:a'));
        await s.write([
            { namespace: TICKS, key: 'read:b', value: tick('read:b') },
            { namespace: PLACE, key: 'last', value: { url: 'topics/', title: 'Topics', at: 1 } },
        ]);
        stop();
        await s.remove(TICKS, 'read:b');
        return told;
    }""")
    assert told == ["ticks", "ticks,place"]


def test_a_namespace_keeps_its_map_until_something_in_it_changes(tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    same = page.evaluate("""async () => {
        const before = s.all(TICKS);
        await s.put(PLACE, 'last', { url: 'topics/', title: 'Topics', at: 1 });
        const other = s.all(TICKS) === before;
        await s.put(TICKS, 'read:a', tick('read:a'));
        return [other, s.all(TICKS) === before];
    }""")
    assert same == [True, False]


def test_what_does_not_fit_a_namespace_is_refused_and_nothing_of_it_kept(tab: Tab) -> None:
    page = tab()
    fault = page.evaluate("""s.write([
        { namespace: TICKS, key: 'read:a', value: tick('read:a') },
        { namespace: TICKS, key: 'read:b', value: { ...tick('read:b'), minutes: 'many' } },
    ]).catch(error => String(error))""")
    assert fault == 'TypeError: ticks["read:b"].minutes is not a number'
    assert ticks(page) == {}


def test_a_view_that_fails_does_not_keep_the_rest_from_being_kept(tab: Tab) -> None:
    page = tab()
    page.evaluate("void s.subscribe(() => { throw new Error('a view') })")
    put(page, "read:a")
    again(page)
    assert ticks(page) == {"read:a": 25}


def test_each_site_of_an_origin_has_a_store_of_its_own(tab: Tab) -> None:
    page, preview = tab(None), tab(None, path="/preview/")
    for one in (page, preview):
        one.evaluate("store().ready")
    page.evaluate("store().put(TICKS, 'read:a', tick('read:a'))")
    assert [one["key"] for one in rows(page, "training-loop:/guide/")] == ["read:a"]
    assert rows(page, "training-loop:/preview/") == []


# ---- two tabs --------------------------------------------------------------------------------------------------


def test_a_second_tab_follows(tab: Tab) -> None:
    first = tab()
    put(first, "read:a")
    second = tab()
    assert ticks(second) == {"read:a": 25}
    put(second, "read:b")
    wait_for_ticks(first, "read:a", "read:b")
    first.evaluate("s.remove(TICKS, 'read:a')")
    wait_for_ticks(second, "read:b")


def test_ticks_made_in_two_tabs_at_once_are_all_kept(tab: Tab) -> None:
    first, second = tab(), tab()
    many = """async name => {
        await Promise.all(Array.from({ length: 30 }, (_, at) => s.put(TICKS, name + at, tick(name + at))));
    }"""
    first.evaluate(f"name => void (window.done = ({many})(name))", "a")
    second.evaluate(many, "b")
    first.evaluate("done")
    again(second)
    assert len(ticks(second)) == 60


def test_the_later_of_two_writings_wins_in_both_tabs_and_on_the_disk_whatever_the_order_they_arrive_in(
    tab: Tab,
) -> None:
    # Without a channel and with clocks of their own: the first tab writes earlier, and its row comes to the disk later.
    first, second = tab("{ now: () => 1000, channel: () => null }"), tab("{ now: () => 2000, channel: () => null }")
    put(second, "read:a", minutes=50)
    put(first, "read:a", minutes=10)
    assert ticks(first) == {"read:a": 50}
    second.evaluate("s.refresh()")
    assert ticks(second) == {"read:a": 50}
    assert [one["value"]["minutes"] for one in rows(first)] == [50]


def test_an_earlier_writing_that_is_heard_late_changes_nothing(tab: Tab) -> None:
    page = tab("{ now: () => 2000 }")
    put(page, "read:a", minutes=50)
    # It cannot read what is there, so it does not know that it is late.
    other = tab("{ now: () => 1000, indexedDB: () => undefined }")
    put(other, "read:a", "read:b")
    wait_for_ticks(page, "read:a", "read:b")
    assert ticks(page) == {"read:a": 50, "read:b": 25}


def test_what_was_removed_does_not_come_back_by_an_earlier_writing(tab: Tab) -> None:
    first, second = tab("{ now: () => 1000, channel: () => null }"), tab("{ now: () => 2000, channel: () => null }")
    second.evaluate("s.remove(TICKS, 'read:a')")
    put(first, "read:a")
    assert ticks(first) == {}
    again(first)
    assert ticks(first) == {}


def test_a_clock_that_was_set_back_loses_nothing(tab: Tab) -> None:
    page = tab("{ now: () => 5000 }")
    put(page, "read:a", minutes=10)
    again(page, "{ now: () => 100 }")
    put(page, "read:a", minutes=20)
    again(page, "{ now: () => 100 }")
    assert ticks(page) == {"read:a": 20}


def test_what_is_written_while_the_store_opens_is_the_latest(tab: Tab) -> None:
    page = tab("{ now: () => 5000 }")
    put(page, "read:a", minutes=10)
    page.evaluate("void (window.s = unopened({ now: () => 100 }))")
    put(page, "read:a", minutes=20)
    again(page)
    assert ticks(page) == {"read:a": 20}


def test_a_tab_that_was_asleep_catches_up(tab: Tab) -> None:
    awake, asleep = tab(), tab("{ channel: () => null }")
    put(awake, "read:a")
    assert ticks(asleep) == {}
    asleep.evaluate("s.refresh()")
    assert ticks(asleep) == {"read:a": 25}


def test_nonsense_from_another_tab_changes_nothing(tab: Tab) -> None:
    page, other = tab(), tab()
    put(page, "read:a")
    wait_for_ticks(other, "read:a")
    other.evaluate("""() => {
        const channel = new BroadcastChannel('test');
        const row = { ns: 'ticks', key: 'read:a', v: 1, stamp: Date.now() + 1e6, by: 'z' };
        for (const one of [null, 5, {}, { rows: 5 }, { rows: [null, 5, {}, { ...row, value: 5 }, { ...row, v: 2 }] }])
            channel.postMessage(one);
    }""")
    put(other, "read:b")
    wait_for_ticks(page, "read:a", "read:b")
    assert ticks(page) == {"read:a": 25, "read:b": 25}


# ---- no room, no disk ------------------------------------------------------------------------------------------


def test_with_a_full_disk_the_store_goes_on_in_memory_says_so_and_keeps_all_once_there_is_room(tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    page.evaluate("""() => {
        window.real = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') };
    }""")
    put(page, "read:b")
    now = status(page)
    assert (now["kind"], now["why"]) == ("memory", "full")
    assert "no space left" in now["text"]
    assert ticks(page) == {"read:a": 25, "read:b": 25}
    assert "read:b" in page.evaluate("s.exportFile()")
    assert [one["key"] for one in rows(page)] == ["read:a"]

    page.evaluate("void (IDBObjectStore.prototype.put = real)")
    put(page, "read:c")
    assert status(page) == {"kind": "saved", "text": "", "damaged": []}
    again(page)
    assert sorted(ticks(page)) == ["read:a", "read:b", "read:c"]


def test_the_browsers_own_limit_is_noticed(profile: BrowserContext, tab: Tab) -> None:
    page = tab()
    session = profile.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": ORIGIN, "quotaSize": 1})
    put(page, "read:a")
    assert status(page)["why"] == "full"
    session.send("Storage.overrideQuotaForOrigin", {"origin": ORIGIN})
    put(page, "read:b")
    again(page)
    assert sorted(ticks(page)) == ["read:a", "read:b"]


FORBIDDEN = {
    "missing": "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    "forbidden": "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('SecurityError') } })",
    "refusing": "IDBFactory.prototype.open = () => { throw new DOMException('', 'InvalidStateError') }",
    "silent": "IDBFactory.prototype.open = () => ({})",
}


@pytest.mark.parametrize("how", FORBIDDEN)
def test_without_a_disk_the_store_works_in_memory_and_says_so(tab: Tab, how: str) -> None:
    page = tab(before=FORBIDDEN[how])
    now = status(page)
    assert (now["kind"], now["why"]) == ("memory", "unavailable")
    assert "export it first" in now["text"]
    put(page, "read:a")
    assert ticks(page) == {"read:a": 25}
    assert page.evaluate("s.exportFile().then(file => s.importFile(file, 'replace')).then(done => done.ok)")


def test_without_a_disk_a_new_tab_hears_from_the_others(tab: Tab) -> None:
    first = tab(before=FORBIDDEN["missing"])
    put(first, "read:a")
    second = tab(before=FORBIDDEN["missing"])
    wait_for_ticks(second, "read:a")


def test_a_disk_that_answers_late_is_welcome(tab: Tab) -> None:
    late = """
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...all) {
            const late = {};
            window.answer = () => {
                const real = open.apply(this, all);
                for (const name of ['onupgradeneeded', 'onsuccess', 'onerror'])
                    real[name] = (event) => { late.result = real.result; late[name]?.(event); };
            };
            return late;
        };
    """
    page = tab(before=late)
    assert status(page)["kind"] == "memory"
    put(page, "read:a")
    page.evaluate("answer()")
    page.wait_for_function("s.status().kind === 'saved'")
    second = tab("{ channel: () => null }")
    assert ticks(second) == {"read:a": 25}


def test_after_the_sites_data_was_cleared_what_is_done_next_is_kept(profile: BrowserContext, tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    session = profile.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": ORIGIN, "storageTypes": "indexeddb"})
    put(page, "read:b")
    assert status(page) == {"kind": "saved", "text": "", "damaged": []}
    again(page)
    assert ticks(page) == {"read:b": 25}


# ---- what cannot be read ---------------------------------------------------------------------------------------


def test_a_damaged_record_is_put_aside_and_told_and_the_others_are_as_they_were(tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    plant(page, row("read:b", {"id": "read:b", "minutes": "many"}), row("read:c", None, stamp="yesterday"))
    again(page)
    assert ticks(page) == {"read:a": 25}
    now = status(page)
    assert now["kind"] == "saved"
    assert now["text"].startswith("2 records that were kept could not be read and were put aside.")
    assert [(one["namespace"], one["key"]) for one in now["damaged"]] == [("ticks", "read:b"), ("ticks", "read:c")]
    assert now["damaged"][0]["fault"] == {"path": 'ticks["read:b"].date', "reason": "is missing"}
    # As it was, to be looked at and saved.
    assert json.loads(page.evaluate("s.damagedText()"))[0]["row"]["value"] == {"id": "read:b", "minutes": "many"}
    assert sorted(one["key"] for one in rows(page)) == ["read:a"]


def test_what_was_put_aside_is_told_until_it_is_thrown_away(tab: Tab) -> None:
    page = tab()
    plant(page, row("read:b", 5))
    again(page)
    again(page)
    assert len(status(page)["damaged"]) == len(aside(page)) == 1
    put(page, "read:b")
    page.evaluate("s.forgetDamaged()")
    assert status(page)["text"] == ""
    again(page)
    assert (status(page)["damaged"], aside(page), ticks(page)) == ([], [], {"read:b": 25})


def test_a_record_under_the_wrong_key_is_put_aside(tab: Tab) -> None:
    page = tab()
    plant(page, row("read:b", page.evaluate("tick('read:a')")))
    again(page)
    assert ticks(page) == {}
    assert len(aside(page)) == 1


# ---- versions --------------------------------------------------------------------------------------------------

SECOND = """{ namespaces: [{
    name: 'ticks',
    version: 4,
    check: object({ id: text(1, 9), note: text(0, 99) }),
    migrations: {
        1: old => old,
        2: old => ({ id: old.id, words: old.title.toLowerCase() }),
        3: ({ id, words }) => ({ id, note: words }),
    },
}] }"""


def test_records_of_an_older_version_are_brought_up_to_date(tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    again(page, SECOND)
    assert page.evaluate("s.get(TICKS, 'read:a')") == {"id": "read:a", "note": "bias and variance"}
    assert [(one["v"], one["value"]["note"]) for one in rows(page)] == [(4, "bias and variance")]


def test_a_record_that_cannot_be_brought_up_to_date_is_put_aside(tab: Tab) -> None:
    page = tab()
    put(page, "read:a")
    plant(page, row("read:b", {"id": "read:b"}))
    again(page, SECOND)
    assert page.evaluate("[...s.all(TICKS).keys()]") == ["read:a"]
    assert [one["row"]["value"] for one in aside(page)] == [{"id": "read:b"}]


def test_records_of_a_newer_version_stay_as_they_are_and_are_not_overwritten_without_a_copy(tab: Tab) -> None:
    page = tab()
    newer = [row("read:a", {"new": 1}, v=3), row("read:b", {"new": 2}, v=3), row("x", 5, ns="cards")]
    plant(page, *newer)
    again(page)
    assert ticks(page) == {}
    put(page, "read:a")
    assert [one["value"] for one in rows(page) if one["key"] != "read:a"] == [5, {"new": 2}]
    assert [one["row"] for one in aside(page)] == newer[:1]


def test_a_store_made_by_a_newer_guide_is_left_alone(tab: Tab) -> None:
    page = tab(None)
    page.evaluate("""new Promise(resolve => {
        const opening = indexedDB.open('test', 99);
        opening.onupgradeneeded = () => opening.result.createObjectStore('future');
        opening.onsuccess = () => { opening.result.close(); resolve(); };
    })""")
    page.evaluate("start({})")
    assert status(page)["why"] == "newer"
    put(page, "read:a")
    assert ticks(page) == {"read:a": 25}
    assert page.evaluate("indexedDB.databases().then(all => all.map(({ version }) => version))") == [99]


def test_a_tab_with_a_newer_guide_does_not_have_to_wait(tab: Tab) -> None:
    old, new = tab(), tab(None)
    put(old, "read:a")
    assert new.evaluate("""new Promise(resolve => {
        const opening = indexedDB.open('test', 2);
        opening.onsuccess = () => resolve(true);
    })""")
    old.wait_for_function("s.status().why === 'newer'")
    put(old, "read:b")
    assert sorted(ticks(old)) == ["read:a", "read:b"]
    assert "Reload the page" in status(old)["text"]


# ---- out and in ------------------------------------------------------------------------------------------------


def carry(page: Page, text: str, how: str) -> dict[str, Any]:
    return dict(page.evaluate("([text, how]) => s.importFile(text, how)", [text, how]))


def test_a_file_carries_everything_to_another_store(tab: Tab) -> None:
    page, other = tab(), tab("{ name: 'other', channel: () => null }")
    put(page, "read:a", "read:b")
    page.evaluate("s.put(PLACE, 'last', { url: 'topics/', title: 'Topics', at: 1 })")
    put(other, "read:c")
    done = carry(other, page.evaluate("s.exportFile()"), "replace")
    assert (done["ok"], done["records"]) == (True, 3)
    again(other, "{ name: 'other', channel: () => null }")
    assert sorted(ticks(other)) == ["read:a", "read:b"]
    assert other.evaluate("s.get(PLACE, 'last').title") == "Topics"


def test_an_import_can_be_undone(tab: Tab) -> None:
    page = tab()
    empty = page.evaluate("s.exportFile()")
    put(page, "read:a")
    done = carry(page, empty, "replace")
    assert ticks(page) == {}
    carry(page, done["before"], "replace")
    assert ticks(page) == {"read:a": 25}


def test_an_import_can_be_laid_over_what_is_there(tab: Tab) -> None:
    page = tab()
    put(page, "read:a", "read:b")
    file = page.evaluate("s.exportFile()")
    put(page, "read:a", minutes=50)
    put(page, "read:c")
    carry(page, file, "merge")
    assert ticks(page) == {"read:a": 25, "read:b": 25, "read:c": 25}


def test_an_import_reaches_the_other_tab(tab: Tab) -> None:
    first, second = tab(), tab()
    put(first, "read:a")
    file = first.evaluate("s.exportFile()")
    put(first, "read:b")
    wait_for_ticks(second, "read:a", "read:b")
    carry(first, file, "replace")
    wait_for_ticks(second, "read:a")


def test_a_damaged_file_is_refused_with_a_reason_and_nothing_is_lost(tab: Tab) -> None:
    page = tab()
    put(page, "read:a", "read:b")
    text = page.evaluate("s.exportFile()")
    for wrong in (text[: len(text) // 2], text.replace('"minutes": 25', '"minutes": "<b>25</b>"', 1), "{}", ""):
        refused = carry(page, wrong, "replace")
        assert refused["ok"] is False
        assert refused["reason"]
    again(page)
    assert ticks(page) == {"read:a": 25, "read:b": 25}
