"""What a cache written by hand gets wrong. Each check is named after what you would see."""

import random

from kit import expect, expect_no_loop, told

_NEVER = float("inf")


class _ReferenceCache:
    """The same cache as a plain list of rows, the least recently used first."""

    def __init__(self, capacity):
        self.capacity, self.rows = capacity, []
        self.counts = {"hits": 0, "misses": 0, "expired": 0, "evicted": 0}

    def get(self, key, now, default=None):
        for row in self.rows:
            if row[0] == key:
                self.rows.remove(row)
                if now < row[2]:
                    self.rows.append(row)
                    self.counts["hits"] += 1
                    return row[1]
                self.counts["expired"] += 1
                break
        self.counts["misses"] += 1
        return default

    def put(self, key, value, now, ttl=_NEVER):
        self.rows = [row for row in self.rows if row[0] != key] + [(key, value, now + ttl)]
        if len(self.rows) > self.capacity:
            self.rows = self.rows[1:]
            self.counts["evicted"] += 1

    def keys(self):
        return [row[0] for row in self.rows]

    def stats(self):
        reads = self.counts["hits"] + self.counts["misses"]
        return self.counts | {"hit_rate": self.counts["hits"] / reads if reads else 0.0}


class _Key:
    """A key whose hash and comparison are steps of Python, so that a walk over all keys can be counted."""

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return self.number

    def __eq__(self, other):
        return self.number == other.number


def _filled(candidate, capacity, keys):
    cache = candidate.LRUCache(capacity)
    for now, key in enumerate(keys):
        cache.put(key, key, now)
    return cache


def check_a_stored_value_does_not_come_back(candidate):
    """A value that was put is not returned by get, for example because it is 0, empty or None."""
    cache = candidate.LRUCache(9)
    for value in (3, 0, "", None, False, [1.5]):
        cache.put("user", value, 0)
        expect([cache.get("user", 1, "absent")], [value], stored=value)


def check_a_missing_key_is_an_error(candidate):
    """A key that is absent raises an error, or its default is not None or not the one that was asked for."""
    cache = candidate.LRUCache(1)
    expect([cache.get("nobody", 0), cache.get("nobody", 0, -1)], [None, -1], keys=[])
    expect(cache.keys(), [], after="two reads of an absent key")


def check_a_cache_without_room_is_made(candidate):
    """A capacity below one is accepted, or one of exactly one is refused."""
    for capacity in (0, -1):
        try:
            candidate.LRUCache(capacity)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", "a cache", capacity=capacity))
    expect(_filled(candidate, 1, "ab").keys(), ["b"], capacity=1, puts="ab")


def check_the_cache_outgrows_its_capacity(candidate):
    """The cache holds more entries than it may, or fewer than it could."""
    for capacity in (1, 2, 5):
        expect(len(_filled(candidate, capacity, range(20)).keys()), capacity, capacity=capacity, puts=20)


def check_reading_does_not_count_as_use(candidate):
    """A key that was just read is evicted before one that was not."""
    cache = _filled(candidate, 2, "ab")
    cache.get("a", 2)
    cache.put("c", "c", 3)
    expect(cache.keys(), ["a", "c"], calls="put a, put b, get a, put c", capacity=2)


def check_writing_again_does_not_count_as_use(candidate):
    """A key that was just written again keeps its old place, and is evicted first."""
    expect(_filled(candidate, 2, "abac").keys(), ["a", "c"], puts="abac", capacity=2)


def check_writing_again_evicts_somebody(candidate):
    """Writing a key that is there evicts another entry though nothing was added."""
    cache = _filled(candidate, 2, "ab")
    cache.put("b", "new", 2)
    expect([cache.get("a", 3), cache.get("b", 3)], ["a", "new"], puts="abb", capacity=2)
    expect(cache.stats()["evicted"], 0, puts="abb", capacity=2)


def check_an_expired_value_is_served(candidate):
    """A value is returned at or after the moment at which it expires, or gone before it."""
    cache = candidate.LRUCache(2)
    for now, expected in ((14, 1), (14.5, 1), (15, None), (16, None)):
        cache.put("a", 1, 10, 5)
        expect([cache.get("a", now)], [expected], put="at 10 for 5", now=now)


def check_an_expired_entry_keeps_its_room(candidate):
    """An expired entry that was asked for still takes up room."""
    cache = candidate.LRUCache(2)
    cache.put("a", 1, 0, 5)
    cache.get("a", 7)
    expect(cache.keys(), [], calls="put a at 0 for 5, get a at 7")


def check_a_new_value_gets_an_old_expiry(candidate):
    """Writing again keeps the former expiry, or reading puts it off."""
    cache = candidate.LRUCache(2)
    cache.put("a", 1, 0, 5)
    cache.put("a", 2, 3)
    expect(cache.get("a", 100), 2, calls="put a at 0 for 5, put a at 3 for ever, get a at 100")
    cache.put("b", 1, 0, 5)
    cache.get("b", 4)
    expect([cache.get("b", 6)], [None], calls="put b at 0 for 5, get b at 4, get b at 6")


def check_the_statistics_do_not_add_up(candidate):
    """A hit, a miss, an expiry or an eviction is not counted, or twice; or the rate fails before the first read."""
    cache = candidate.LRUCache(2)
    expect(cache.stats(), {"hits": 0, "misses": 0, "expired": 0, "evicted": 0, "hit_rate": 0.0}, calls="none")
    for key in "abc":
        cache.put(key, key, 0, 5)
    for key, now in (("a", 1), ("b", 1), ("b", 2), ("c", 9), ("c", 9)):
        cache.get(key, now)
    wanted = {"hits": 2, "misses": 3, "expired": 1, "evicted": 1, "hit_rate": 0.4}
    expect(cache.stats(), wanted, calls="put a, b, c at 0 for 5; get a, b at 1, b at 2, c at 9 twice", capacity=2)


def check_random_calls_differ_from_a_plain_list(candidate):
    """Over a few hundred random calls the cache and a plain list of rows disagree."""
    for seed in range(60):
        rng = random.Random(seed)
        capacity = rng.randint(1, 4)
        cache, plain, calls = candidate.LRUCache(capacity), _ReferenceCache(capacity), []
        for now in range(60):
            key = rng.choice("abcdef")
            name, arguments = "get", (key, now)
            if rng.random() < 0.5:
                name, arguments = "put", (key, rng.randint(0, 9), now, rng.choice([0, 2, 5, _NEVER]))
            calls.append(f"{name}{arguments}")
            got, expected = ([getattr(each, name)(*arguments), each.keys()] for each in (cache, plain))
            expect(got, expected, capacity=capacity, calls=calls[-8:])
        expect(cache.stats(), plain.stats(), seed=seed)


def check_a_call_walks_over_all_entries(candidate):
    """A read or a write looks at every entry: a list of keys is searched, or the oldest is looked for."""

    def make(n):
        cache = _filled(candidate, n, [_Key(number) for number in range(n)])

        def calls():
            cache.get(_Key(n - 1), n)
            cache.get(_Key(n // 2), n)
            cache.put(_Key(n // 2), 0, n)
            cache.put(_Key(n), 0, n)

        return calls

    expect_no_loop(make, "entries")
