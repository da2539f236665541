"""What an autocomplete gets wrong. Each check is named after what you would see."""

import random
import sys
from collections import Counter

from kit import expect, peak_bytes, python_steps, told


def _filled(candidate, queries):
    complete = candidate.Autocomplete()
    for query in queries:
        complete.add(query)
    return complete


def _reference_top(counts, prefix, k):
    """The k most frequent with this prefix, by a scan over all queries."""
    found = [(query, count) for query, count in counts.items() if count and query.startswith(prefix)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


def _pairs(got):
    return [tuple(pair) for pair in got]


def check_an_unknown_prefix_is_an_error(candidate):
    """A prefix that no query has raises an error or finds something."""
    for complete in (candidate.Autocomplete(), _filled(candidate, ["relu"])):
        for prefix in ("x", "rex", "relux"):
            got = [complete.count(prefix), complete.matches(prefix), complete.top(prefix, 3)]
            expect(got, [0, 0, []], prefix=prefix)


def check_a_prefix_counts_as_a_query(candidate):
    """A prefix of a query is taken for a query, or a query that goes on below another is lost."""
    complete = _filled(candidate, ["lora", "lorax"])
    expect([complete.count(query) for query in ("lo", "lora", "lorax")], [0, 1, 1], queries=["lora", "lorax"])
    expect(_pairs(complete.top("lo", 5)), [("lora", 1), ("lorax", 1)], prefix="lo")


def check_the_query_itself_is_left_out(candidate):
    """A query is not among its own completions, or a query that only contains the prefix is."""
    complete = _filled(candidate, ["gan", "gans", "a gan"])
    expect(_pairs(complete.top("gan", 5)), [("gan", 1), ("gans", 1)], prefix="gan")
    expect([complete.matches("gan"), complete.matches("gans")], [2, 1], queries=["gan", "gans", "a gan"])


def check_the_most_frequent_is_not_first(candidate):
    """The completions are not in the order of their counts, or their counts are wrong."""
    complete = _filled(candidate, ["adam", "adagrad", "adamw", "adagrad", "adagrad", "adamw"])
    expect(_pairs(complete.top("ad", 5)), [("adagrad", 3), ("adamw", 2), ("adam", 1)], prefix="ad")
    expect(_pairs(complete.top("ad", 1)), [("adagrad", 3)], prefix="ad", k=1)


def check_ties_come_in_another_order(candidate):
    """Queries of equal count are not in alphabetical order, or the cut at k depends on the order of arrival."""
    for seed in range(10):
        queries = ["vae", "vit", "v", "vgg", "vicuna"]
        random.Random(seed).shuffle(queries)
        expect(
            _pairs(_filled(candidate, queries).top("v", 3)), [("v", 1), ("vae", 1), ("vgg", 1)], queries=queries, k=3
        )


def check_an_empty_prefix_or_query_fails(candidate):
    """The empty prefix does not stand for all queries, the empty query is refused, or k = 0 returns something."""
    complete = _filled(candidate, ["b", "a", ""])
    expect(_pairs(complete.top("", 9)), [("", 1), ("a", 1), ("b", 1)], queries=["b", "a", ""])
    expect([complete.matches(""), complete.count(""), complete.top("", 0)], [3, 1, []], queries=["b", "a", ""])


def check_other_letters_are_refused(candidate):
    """Capitals, spaces or letters beyond a to z raise an error or are changed."""
    queries = ["K-Means ++", "k-means", "Äpfel", "学习率", "学习", " two  spaces "]
    complete = _filled(candidate, queries)
    expect([complete.count(query) for query in queries], [1] * 6, queries=queries)
    expect(
        [_pairs(complete.top(prefix, 3)) for prefix in ("K", "学")],
        [[("K-Means ++", 1)], [("学习", 1), ("学习率", 1)]],
    )


def check_a_pasted_page_ends_a_recursion(candidate):
    """A pasted page of text raises a RecursionError."""
    text = "paste" * 120
    before = sys.getrecursionlimit()
    # A browser has room for 600 nodes within each other and for no page of text; so the room for calls is less here.
    sys.setrecursionlimit(400)
    try:
        complete = _filled(candidate, [text])
        got = [complete.count(text), complete.matches("p"), _pairs(complete.top("p", 3))]
    finally:
        sys.setrecursionlimit(before)
    expect(got, [1, 1, [(text, 1)]], query="600 letters, with room for 400 calls within each other")


def check_counts_do_not_follow_updates(candidate):
    """After more of a query, or some taken back, the completions still show the former counts."""
    complete = _filled(candidate, ["map", "mape", "map"])
    complete.top("m", 2)
    complete.add("mape", 4)
    expect(_pairs(complete.top("m", 2)), [("mape", 5), ("map", 2)], calls="add map, mape, map; add mape 4")
    complete.add("mape", -4)
    expect(_pairs(complete.top("m", 2)), [("map", 2), ("mape", 1)], calls="the same, then add mape -4")


def check_a_query_taken_back_is_still_found(candidate):
    """A query whose count fell to zero is still suggested or counted, or its count falls below zero."""
    complete = _filled(candidate, ["roc", "rocket", "ro"])
    complete.add("roc", -5)
    got = [complete.count("roc"), complete.matches("ro"), _pairs(complete.top("roc", 5))]
    expect(got, [0, 2, [("rocket", 1)]], calls="add roc, rocket, ro; add roc -5")
    complete.add("roc", 2)
    complete.add("never", -1)
    got = [complete.count("roc"), complete.matches("ro"), complete.matches("n"), complete.count("never")]
    expect(got, [2, 3, 0, 0], calls="the same, then add roc 2, never -1")


def check_memory_of_removed_queries_stays(candidate):
    """Queries taken back, or only asked for, leave nodes behind: memory grows with all that was ever typed."""
    complete = _filled(candidate, ["kept"])

    def typed(first):
        for number in range(first, first + 150):
            complete.add(f"{number:05} once")
            complete.add(f"{number:05} once", -1)

    def asked(first):
        for number in range(first, first + 150):
            complete.top(f"{number:05} asked", 1)

    typed(0), asked(0)
    most = max(peak_bytes(lambda: typed(200)), peak_bytes(lambda: asked(200)))
    assert most < 60_000, told(
        "a few kilobytes", f"{most:,} bytes", queries="150, each added and taken back, and as many asked for"
    )


def check_random_calls_differ_from_a_scan(candidate):
    """Over a few hundred random updates the completions differ from a scan over all queries."""
    for seed in range(25):
        rng = random.Random(seed)
        complete, counts = candidate.Autocomplete(), Counter()
        for _ in range(30):
            query = "".join(rng.choice("ab") for _ in range(rng.randrange(5)))
            times = rng.choice([1, 1, 2, 3, 0, -1, -2])
            complete.add(query, times)
            counts[query] = max(0, counts[query] + times)
            prefix, k = query[: rng.randrange(3)], rng.randrange(4)
            expect(
                _pairs(complete.top(prefix, k)), _reference_top(counts, prefix, k), prefix=prefix, k=k, counts=+counts
            )
            found = len(_reference_top(counts, prefix, None))
            expect(complete.matches(prefix), found, prefix=prefix, counts=+counts)


def check_every_query_is_looked_at(candidate):
    """The steps for a rare prefix grow with the number of all queries, or those of `matches` with what it counts."""
    steps = []
    for n in (20, 600):
        complete = _filled(candidate, ["zeta", *(f"a{number}" for number in range(n))])

        def calls(complete=complete):
            complete.top("z", 3)
            complete.matches("a")
            complete.count("a7")

        steps.append(python_steps(calls))
    assert steps[1] < steps[0] + 300, told(
        "about as many steps with 600 other queries as with 20", f"{steps[0]} steps, then {steps[1]:,}"
    )
