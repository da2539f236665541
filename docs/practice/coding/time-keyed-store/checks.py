"""What a store of values by time gets wrong. Each check is named after what you would see."""

import random

from kit import expect, peak_bytes, python_steps, told

_FOREVER = float("inf")


class _ReferenceStore:
    """The same store as a flat list of writes, sorted anew for every question."""

    def __init__(self):
        self.rows = []

    def _of(self, key):
        return sorted((row[1], row[2]) for row in self.rows if row[0] == key)

    def set(self, key, value, time):
        self.rows = [row for row in self.rows if row[:2] != (key, time)] + [(key, time, value)]
        return len(self._of(key))

    def get(self, key, time, default=None, max_age=_FOREVER):
        found = [row for row in self._of(key) if row[0] <= time]
        return found[-1][1] if found and time - found[-1][0] <= max_age else default

    def range(self, key, start, end):
        return [row for row in self._of(key) if start <= row[0] < end]


def _filled(candidate, writes):
    store = candidate.TimeStore()
    for key, value, time in writes:
        store.set(key, value, time)
    return store


def check_a_value_from_the_future_is_read(candidate):
    """A read sees a value that was written as of a later time, or misses one of exactly its time."""
    writes = [("ann", 1, 10), ("ann", 2, 20)]
    store = _filled(candidate, writes)
    for time, expected in ((9.5, None), (10, 1), (19, 1), (20, 2), (99, 2)):
        expect([store.get("ann", time)], [expected], writes=writes, time=time)


def check_a_late_write_spoils_the_order(candidate):
    """After a write with an earlier time than the last, reads are wrong."""
    writes = [("ann", 3, 30), ("ann", 1, 10), ("ann", 2, 20)]
    store = _filled(candidate, writes)
    for time, expected in ((5, None), (10, 1), (25, 2), (30, 3)):
        expect([store.get("ann", time)], [expected], writes=writes, time=time)


def check_the_same_time_is_kept_twice(candidate):
    """A second write at the same time does not replace the first, or is ignored."""
    store = candidate.TimeStore()
    expect([store.set("ann", 1, 10), store.set("ann", 2, 10), store.set("ann", 3, 11)], [1, 1, 2], times=[10, 10, 11])
    expect([store.get("ann", 10), store.range("ann", 0, 99)], [2, [(10, 2), (11, 3)]], times=[10, 10, 11])


def check_keys_share_their_values(candidate):
    """One key sees what was written for another, or an unknown key raises an error or is stored when it is read."""
    store = _filled(candidate, [("ann", 1, 10), ("bob", 2, 12)])
    expect([store.get("ann", 15), store.get("bob", 15), store.get("bob", 11)], [1, 2, None])
    expect([store.get("eve", 15), store.get("eve", 15, -1), store.range("eve", 0, 99)], [None, -1, []], key="eve")
    expect(_filled(candidate, []).get("ann", 5), None, writes=[])
    strangers = [f"{number:04}" for number in range(1000)]
    held = peak_bytes(lambda: [(store.get(key, 5), store.range(key, 0, 9)) == (None, []) for key in strangers])
    assert held < 40_000, told("no memory for 1,000 keys that were read and never written", f"{held:,} bytes")


def check_a_false_value_counts_as_absent(candidate):
    """A stored 0, None or empty text is taken for no value; or values are compared with each other."""
    for value in (0, None, "", {"age": 3}):
        store = _filled(candidate, [("ann", value, 10), ("ann", {"age": 4}, 20)])
        expect([store.get("ann", 11, "absent")], [value], stored=value)
        expect(store.range("ann", 10, 20), [(10, value)], stored=value)


def check_a_stale_value_is_served(candidate):
    """A value older than max_age is returned, or one of exactly that age is not, or an older one in its place."""
    writes = [("ann", 1, 10), ("ann", 2, 20)]
    store = _filled(candidate, writes)
    for time, expected in ((20, 2), (25, 2), (25.5, -1), (19, -1), (15, 1)):
        expect([store.get("ann", time, -1, 5)], [expected], writes=writes, time=time, max_age=5)
    expect([store.get("ann", 20, -1, max_age=0), store.get("ann", 21, -1, max_age=0)], [2, -1], max_age=0)
    expect(store.get("ann", 10**12), 2, writes=writes, time=10**12, max_age="not given")


def check_the_ends_of_a_range_are_wrong(candidate):
    """A range leaves out its start, contains its end, or comes in another order than that of time."""
    writes = [("ann", 3, 30), ("ann", 1, 10), ("ann", 2, 20)]
    store = _filled(candidate, writes)
    cases = {
        (10, 30): [10, 20],
        (10, 31): [10, 20, 30],
        (11, 20): [],
        (0, 99): [10, 20, 30],
        (20, 20): [],
        (30, 10): [],
    }
    for (start, end), expected in cases.items():
        got = [(time, value) for time, value in store.range("ann", start, end)]
        expect(got, [(time, time // 10) for time in expected], writes=writes, start=start, end=end)


def check_changing_a_range_changes_the_store(candidate):
    """Emptying the list that a range returned empties the store."""
    store = _filled(candidate, [("ann", 1, 10)])
    store.range("ann", 0, 99).clear()
    expect([store.get("ann", 10), store.range("ann", 0, 99)], [1, [(10, 1)]])


def check_versions_are_counted_wrongly(candidate):
    """Version 1 is not the earliest by time, -1 not the latest, or versions follow the order of writing."""
    writes = [("ann", 3, 30), ("ann", 1, 10), ("ann", 2, 20)]
    store = _filled(candidate, writes)
    for number, expected in ((1, 10), (2, 20), (3, 30), (-1, 30), (-2, 20), (-3, 10)):
        expect(tuple(store.version("ann", number)), (expected, expected // 10), writes=writes, number=number)


def check_a_version_that_never_was_is_returned(candidate):
    """A version out of range, or version 0, gives a value or another error than a KeyError."""
    store = _filled(candidate, [("ann", 1, 10), ("ann", 2, 20)])
    for key, number in (("ann", 0), ("ann", 3), ("ann", -3), ("eve", 1), ("eve", -1), ("eve", 0)):
        try:
            got = store.version(key, number)
        except KeyError:
            continue
        raise AssertionError(told("a KeyError", got, key=key, number=number, versions="2 of ann, none of eve"))


def check_random_calls_differ_from_a_flat_list(candidate):
    """Over a few hundred random calls the store and a flat list of writes disagree."""
    for seed in range(60):
        rng = random.Random(seed)
        store, plain = candidate.TimeStore(), _ReferenceStore()
        for step in range(40):
            key, time = rng.choice("ab"), rng.randint(-5, 15)
            name, arguments = rng.choice(
                [
                    ("set", (key, step, time)),
                    ("get", (key, time)),
                    ("get", (key, time, -1, 3)),
                    ("range", (key, time, 9)),
                ]
            )
            got, expected = (getattr(each, name)(*arguments) for each in (store, plain))
            expect([got], [expected], call=f"{name}{arguments}", writes=plain.rows)


class _Time(float):
    """A time whose comparisons are steps of Python, so that a walk over all times can be counted."""

    __hash__ = float.__hash__

    def __lt__(self, other):
        return float(self) < float(other)

    def __le__(self, other):
        return float(self) <= float(other)

    def __gt__(self, other):
        return float(self) > float(other)

    def __ge__(self, other):
        return float(self) >= float(other)

    def __eq__(self, other):
        return float(self) == float(other)


def check_a_read_walks_over_all_versions(candidate):
    """A read looks at every version of the key, where halving finds the place in a few steps."""
    steps = []
    for n in (8, 2048):
        store = _filled(candidate, [("ann", number, _Time(number)) for number in range(n)])
        middle = _Time(n // 2)

        def calls(store=store, middle=middle, number=n // 2):
            store.get("ann", middle)
            store.range("ann", middle, _Time(middle + 2))
            store.version("ann", number)

        steps.append(python_steps(calls))
    assert steps[1] < steps[0] + 300, told(
        "a few more steps for 2,048 versions than for 8", f"{steps[0]} steps for 8, {steps[1]:,} for 2,048"
    )
