"""What a sample of a stream written by hand gets wrong. Each check is named after what you would see."""

import itertools
import random
from collections import Counter

from kit import expect, told


def _sample(candidate, n, k, seed):
    reservoir = candidate.Reservoir(k, random.Random(seed))
    for item in range(n):
        reservoir.add(item)
    return reservoir.sample()


def _shares(draws):
    counts = Counter(draws)
    return {key: counts[key] / len(draws) for key in sorted(counts)}


def _far(expected, draws, what):
    """Fail when a share is further from its probability than five standard errors."""
    got = _shares(draws)
    for key, probability in expected.items():
        error = (probability * (1 - probability) / len(draws)) ** 0.5
        assert abs(got.get(key, 0.0) - probability) < 5 * error + 1e-9, told(
            f"{key} {what} about {probability:.3f} of the time", f"{got.get(key, 0.0):.3f}", runs=len(draws)
        )
    strange = set(got) - set(expected)
    assert not strange, told("only what can be drawn", f"{sorted(strange)[:3]}")


def _reference_order(weights, k):
    """The probability of each ordered draw of k, one after another in proportion to weight."""
    found = {}
    for order in itertools.permutations(range(len(weights)), k):
        rest, probability = sum(weights), 1.0
        for each in order:
            probability *= weights[each] / rest
            rest -= weights[each]
        found[order] = probability
    return found


def check_a_short_stream_is_not_kept_whole(candidate):
    """A stream shorter than the sample is not returned whole, in its order."""
    for n in range(4):
        expect(_sample(candidate, n, 3, 0), list(range(n)), items=list(range(n)), k=3)


def check_the_sample_has_the_wrong_size(candidate):
    """A long stream gives more or fewer than k items, or one of them twice."""
    for k in (1, 2, 7):
        got = _sample(candidate, 50, k, k)
        expect([len(got), len(set(got))], [k, k], k=k, sample=got)


def check_early_items_are_kept_too_often(candidate):
    """The first items of the stream are in the sample more often than the last, or less often."""
    draws = [item for seed in range(4000) for item in _sample(candidate, 6, 2, seed)]
    _far(dict.fromkeys(range(6), 1 / 6), draws, "is a member")


def check_some_pairs_never_meet(candidate):
    """Each item is as likely as any other, and yet some pairs of items are never drawn together."""
    draws = [tuple(sorted(_sample(candidate, 5, 2, seed))) for seed in range(5000)]
    _far(dict.fromkeys(itertools.combinations(range(5), 2), 0.1), draws, "is the sample")


def check_an_empty_sample_is_refused(candidate):
    """A sample of no items raises an error, or holds one."""
    expect(_sample(candidate, 5, 0, 0), [], k=0)
    expect(candidate.weighted_sample([("a", 1.0)], 0, random.Random(0)), [], k=0)


def check_looking_changes_the_sample(candidate):
    """Changing the list that was returned changes the reservoir, or looking at it does."""
    reservoir = candidate.Reservoir(2, random.Random(0))
    for item in "ab":
        reservoir.add(item)
    reservoir.sample().clear()
    expect(reservoir.sample(), ["a", "b"], items=["a", "b"])


def check_the_stream_goes_on_after_a_look(candidate):
    """After a look at the sample, items that come later have the wrong chance."""
    draws = []
    for seed in range(4000):
        reservoir = candidate.Reservoir(1, random.Random(seed))
        for item in range(4):
            reservoir.add(item)
            reservoir.sample()
        draws += reservoir.sample()
    _far(dict.fromkeys(range(4), 0.25), draws, "is the sample")


def check_the_randomness_is_not_the_one_given(candidate):
    """The same generator gives another sample: some of the randomness comes from elsewhere."""
    expect(_sample(candidate, 300, 5, 11), _sample(candidate, 300, 5, 11), seed=11)
    stream = [(item, 1.0 + item) for item in range(60)]
    twice = [candidate.weighted_sample(stream, 5, random.Random(3)) for _ in range(2)]
    expect(twice[0], twice[1], seed=3)


def check_memory_grows_with_the_stream(candidate):
    """The whole stream is kept: a long one takes far more memory than the sample."""
    import tracemalloc

    reservoir = candidate.Reservoir(5, random.Random(0))
    tracemalloc.start()
    try:
        for item in range(20_000):
            reservoir.add(str(item))
        held = tracemalloc.get_traced_memory()[0]
        candidate.weighted_sample(((str(item), 1.0) for item in range(20_000)), 5, random.Random(0))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 100_000, told("a few kilobytes for a sample of 5", f"{held:,} bytes", items=20_000)
    assert most < 100_000, told("a few kilobytes for a weighted sample of 5", f"{most:,} bytes", items=20_000)


def check_weights_are_not_followed(candidate):
    """Items of a larger weight are drawn too rarely or too often."""
    weights = [1.0, 2.0, 5.0]
    stream = list(enumerate(weights))
    draws = [candidate.weighted_sample(stream, 1, random.Random(seed))[0] for seed in range(6000)]
    _far({item: weight / 8 for item, weight in stream}, draws, "is drawn")


def check_the_second_draw_ignores_the_first(candidate):
    """With two draws the pairs, in the order drawn, have other chances than drawing one after another gives."""
    weights = [1.0, 2.0, 3.0]
    draws = [tuple(candidate.weighted_sample(list(enumerate(weights)), 2, random.Random(seed))) for seed in range(6000)]
    _far(_reference_order(weights, 2), draws, "is drawn in this order")


def check_weightless_items_are_drawn(candidate):
    """An item of weight zero is drawn, or breaks the draw; it can only stay out."""
    stream = [("a", 0.0), ("b", 2.0), ("c", 0.0)]
    expect(candidate.weighted_sample(stream, 3, random.Random(0)), ["b"], stream=stream, k=3)


def check_items_are_compared_with_each_other(candidate):
    """Items that have no order, such as dictionaries, raise a TypeError in the heap."""
    stream = [({"id": number}, 1.0) for number in range(20)]
    got = candidate.weighted_sample(stream, 20, random.Random(5))
    expect(sorted(item["id"] for item in got), list(range(20)), k=20)


def check_a_very_small_weight_is_lost(candidate):
    """Tiny weights come out wrong: a power of the draw underflows, and the small ones all tie at zero."""
    stream = [(0, 1e-9), (1, 3e-9)]
    draws = [candidate.weighted_sample(stream, 1, random.Random(seed))[0] for seed in range(4000)]
    _far({0: 0.25, 1: 0.75}, draws, "is drawn")
