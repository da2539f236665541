"""What the most frequent items of a stream get wrong. Each check is named after what you would see."""

import random

from kit import expect, peak_bytes, python_steps, told


class _Item:
    """An item that can be hashed and has no order."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other.name

    def __repr__(self):
        return self.name


def _reference_top(stream, k):
    """The k most frequent, by counting each item anew; the sort keeps the order of arrival among equals."""
    seen = []
    for item in stream:
        if item not in seen:
            seen.append(item)
    found = [(item, sum(each == item for each in stream)) for item in seen]
    return sorted(found, key=lambda pair: -pair[1])[:k]


def _stream(seed, most=30):
    rng = random.Random(seed)
    return [rng.choice("edcba") for _ in range(rng.randrange(most))]


def _led(candidate, stream, k):
    leaders = candidate.Leaders(k)
    for item in stream:
        leaders.add(item)
    return leaders


def _pairs(got):
    return [tuple(pair) for pair in got]


def check_the_most_frequent_are_not_found(candidate):
    """The items or their counts differ from counting each item, or the most frequent is not first."""
    for seed in range(60):
        stream, k = _stream(seed), 1 + seed % 4
        expect(_pairs(candidate.top_k(stream, k)), _reference_top(stream, k), stream="".join(stream), k=k)


def check_ties_do_not_go_to_who_came_first(candidate):
    """Among equal counts the one that came first is not before the others, or is cut off at k."""
    for stream in ("cab", "cabbac", "zzyxxy", "bcaabc"):
        for k in (1, 2, 3):
            expect(_pairs(candidate.top_k(stream, k)), _reference_top(stream, k), stream=stream, k=k)


def check_few_or_no_items_are_an_error(candidate):
    """An empty stream, fewer items than k or k = 0 raise an error or return something else than what there is."""
    for stream, k in (("", 3), ("a", 3), ("ab", 0), ("", 0)):
        expect(_pairs(candidate.top_k(stream, k)), _reference_top(stream, k), stream=stream, k=k)
        expect(_pairs(_led(candidate, stream, k).top()), _reference_top(stream, k), stream=stream, k=k, of="Leaders")
    expect(_pairs(candidate.merge_counts([], 3)), [], shards=[], k=3)


def check_items_are_compared_with_each_other(candidate):
    """Items that have no order raise a TypeError when their counts are equal."""
    stream = [_Item(name) for name in "cabacd"]
    for k in (1, 2, 4):
        wanted = [(_Item(name), number) for name, number in [("c", 2), ("a", 2), ("b", 1), ("d", 1)][:k]]
        expect(_pairs(candidate.top_k(stream, k)), wanted, stream=stream, k=k)
        expect(_pairs(_led(candidate, stream, k).top()), wanted, stream=stream, k=k, of="Leaders")


def check_a_stream_cannot_be_read_once(candidate):
    """The stream is read twice or kept, or its length is asked for, though it is gone after one pass."""
    expect(_pairs(candidate.top_k(iter("abcab"), 2)), [("a", 2), ("b", 2)], stream="iter('abcab')", k=2)
    shards = [{"a": 1}, {"b": 3}]
    expect(_pairs(candidate.merge_counts(iter(shards), 1)), [("b", 3)], shards=shards, k=1)
    held = peak_bytes(lambda: candidate.top_k(("abc"[number % 3] for number in range(20_000)), 2))
    assert held < 60_000, told("memory for three counts", f"{held:,} bytes", stream="20,000 items of 3 kinds")


def check_shards_lose_what_is_second_everywhere(candidate):
    """An item that leads in no shard and yet overall is not found: each shard was cut to its best first."""
    shards = [{"a": 9, "x": 8}, {"b": 9, "x": 8}, {"c": 9, "x": 8}]
    expect(_pairs(candidate.merge_counts(shards, 2)), [("x", 24), ("a", 9)], shards=shards, k=2)


def check_shards_are_added_wrongly(candidate):
    """Over random shards counts are not added, or ties do not go by who came first in the order of the shards."""
    for seed in range(60):
        streams, k = [_stream(seed + 100 * part, 8) for part in range(3)], 1 + seed % 4
        shards = []
        for stream in streams:
            shards.append(dict(_reference_top(stream, 9)))
        order = [item for shard in shards for item in shard]
        total = {item: sum(shard.get(item, 0) for shard in shards) for item in order}
        wanted = sorted(total.items(), key=lambda pair: -pair[1])[:k]
        expect(_pairs(candidate.merge_counts(shards, k)), wanted, shards=shards, k=k)


def check_shards_are_changed(candidate):
    """The counts of a shard are changed by adding them up."""
    shards = [{"a": 1, "b": 2}, {"a": 5}]
    candidate.merge_counts(shards, 1)
    expect(shards, [{"a": 1, "b": 2}, {"a": 5}], shards="after the call")


def check_the_leaders_are_wrong_at_some_moment(candidate):
    """At some moment of a random stream the leaders differ from counting all that came so far."""
    for seed in range(60):
        stream, k = _stream(seed), seed % 4
        leaders = candidate.Leaders(k)
        for position, item in enumerate(stream):
            leaders.add(item)
            so_far = stream[: position + 1]
            expect(_pairs(leaders.top()), _reference_top(so_far, k), stream="".join(so_far), k=k)


def check_leaders_once_out_start_anew(candidate):
    """An item that was pushed out is counted from zero, or from its successor's count, when it comes again."""
    stream = "aabbbccccaaa"
    expect(_pairs(_led(candidate, stream, 1).top()), [("a", 5)], stream=stream, k=1)


def check_changing_the_answer_changes_the_leaders(candidate):
    """Emptying the list that top returned empties the leaders."""
    leaders = _led(candidate, "aab", 2)
    leaders.top().clear()
    expect(_pairs(leaders.top()), [("a", 2), ("b", 1)], stream="aab", k=2)


def check_the_leaders_are_sought_among_all(candidate):
    """Adding an item or asking for the leaders takes steps in proportion to all different items."""
    steps = []
    for n in (20, 900):
        leaders = _led(candidate, [_Item(f"item {number}") for number in range(n)], 3)

        def calls(leaders=leaders):
            leaders.add(_Item("item 7"))
            leaders.top()
            leaders.add(_Item("new"))
            leaders.top()

        steps.append(python_steps(calls))
    assert steps[1] < steps[0] + 300, told(
        "about as many steps with 900 different items as with 20", f"{steps[0]} steps, then {steps[1]:,}", k=3
    )
