"""What clusters of duplicates get wrong. Each check is named after what you would see."""

import random
from itertools import pairwise

from kit import expect, peak_bytes, python_steps, told


def _linked(candidate, pairs):
    clusters = candidate.Clusters()
    for one, other in pairs:
        clusters.link(one, other)
    return clusters


def _reference_cluster(item, pairs):
    """All ids that pairs connect with this one, by walking until nothing new is found."""
    found, fresh = {item}, True
    while fresh:
        fresh = {each for pair in pairs if set(pair) & found for each in pair} - found
        found |= fresh
    return sorted(found)


def _some_pairs(seed, most=14):
    rng = random.Random(seed)
    return [(f"d{rng.randrange(12):02}", f"d{rng.randrange(12):02}") for _ in range(rng.randrange(most))]


def check_an_id_that_was_never_linked_is_an_error(candidate):
    """An id without duplicates raises an error, is not its own canonical id, or turns up as a cluster."""
    clusters = candidate.Clusters()
    got = [clusters.size("x"), clusters.canonical("x"), clusters.same("x", "x"), clusters.same("x", "y")]
    expect([*got, clusters.clusters()], [1, "x", True, False, []], pairs=[])


def check_duplicates_of_duplicates_stay_apart(candidate):
    """Two ids that a third one connects are not in one cluster."""
    pairs = [("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]
    clusters = _linked(candidate, pairs)
    expect(
        [clusters.same("a", "d"), clusters.same("d", "b"), clusters.same("a", "x")], [True, True, False], pairs=pairs
    )


def check_a_link_does_not_tell_what_it_did(candidate):
    """A link does not return True when it joins two clusters and False otherwise."""
    pairs = [("a", "b"), ("b", "a"), ("c", "c"), ("c", "b"), ("a", "c"), ("d", "e"), ("e", "c")]
    clusters = candidate.Clusters()
    got = [clusters.link(*pair) for pair in pairs]
    expect(got, [True, False, False, True, False, True, True], pairs=pairs)


def check_the_sizes_are_wrong(candidate):
    """Sizes do not count every id of a cluster once, for example because a repeated pair is counted again."""
    for seed in range(40):
        pairs = _some_pairs(seed)
        clusters = _linked(candidate, pairs + pairs[:3])
        ids = [f"d{number:02}" for number in range(12)]
        expect(
            [clusters.size(item) for item in ids], [len(_reference_cluster(item, pairs)) for item in ids], pairs=pairs
        )


def check_the_canonical_id_depends_on_the_order(candidate):
    """The canonical id is not the smallest of its cluster: it depends on the order or the direction of the pairs."""
    for seed in range(40):
        pairs = _some_pairs(seed)
        clusters = _linked(candidate, pairs)
        ids = [f"d{number:02}" for number in range(12)]
        got = [clusters.canonical(item) for item in ids]
        expect(got, [_reference_cluster(item, pairs)[0] for item in ids], pairs=pairs)


def check_the_list_of_clusters_is_wrong(candidate):
    """The clusters are not complete, not sorted inside, not the largest first, or ties do not go by the smallest id."""
    for seed in range(40):
        pairs = _some_pairs(seed)
        found = {tuple(_reference_cluster(item, pairs)) for pair in pairs for item in pair}
        wanted = sorted((list(ids) for ids in found if len(ids) > 1), key=lambda ids: (-len(ids), ids))
        expect([list(ids) for ids in _linked(candidate, pairs).clusters()], wanted, pairs=pairs)


def check_looking_changes_the_clusters(candidate):
    """Asking for an id adds it, or changing the lists that were returned changes the clusters."""
    clusters = _linked(candidate, [("a", "b"), ("b", "c")])
    clusters.size("z"), clusters.canonical("y"), clusters.same("z", "y")
    for ids in clusters.clusters():
        ids.clear()
    expect([clusters.clusters(), clusters.size("c")], [[["a", "b", "c"]], 3], pairs=[("a", "b"), ("b", "c")])
    clusters.link("c", "d")
    expect(clusters.clusters(), [["a", "b", "c", "d"]], after="one more link, d")
    strangers = [f"{number:04}" for number in range(1000)]
    held = peak_bytes(lambda: [clusters.size(item) + len(clusters.canonical(item)) for item in strangers])
    assert held < 40_000, told("no memory for 1,000 ids that were asked for and never linked", f"{held:,} bytes")


def check_a_long_chain_breaks_the_recursion(candidate):
    """A chain of many thousand duplicates raises a RecursionError, whichever end it grows from."""
    names = [f"{number:05}" for number in range(5_000)]
    for pairs in (pairwise(names), pairwise(names[::-1]), list(pairwise(names))[::-1]):
        clusters = _linked(candidate, pairs)
        got = [clusters.canonical(names[0]), clusters.canonical(names[-1]), clusters.size(names[7])]
        expect(got, [names[0], names[0], 5_000], chain="00000 to 04999")


def check_linking_takes_ever_longer(candidate):
    """The steps of a link grow with the size of the cluster: a path is never shortened, or all members are renamed."""
    steps = []
    for n in (100, 1600):
        names = [f"{number:05}" for number in range(n)]
        chain, star = list(pairwise(names)), [(name, names[0]) for name in names[1:]]
        orders = [chain, star, chain[::-1], star[::-1]]
        orders += [[(other, one) for one, other in pairs] for pairs in orders]
        steps.append(sum(python_steps(lambda pairs=pairs: _linked(candidate, pairs)) for pairs in orders) / n)
    assert steps[1] < 3 * steps[0], told(
        "about as many steps for each of 1,600 links as for each of 100", f"{steps[0]:.0f} steps, then {steps[1]:.0f}"
    )


def check_deduplication_keeps_the_wrong_ones(candidate):
    """The first id of each cluster is not the one that is kept, or the order of the ids is lost."""
    for seed in range(40):
        pairs = _some_pairs(seed)
        ids = [f"d{number:02}" for number in range(12)]
        random.Random(seed).shuffle(ids)
        seen, wanted = set(), []
        for item in ids:
            if item not in seen:
                wanted.append(item)
            seen |= set(_reference_cluster(item, pairs))
        expect(candidate.deduplicate(ids, pairs), wanted, ids=ids, pairs=pairs)


def check_deduplication_needs_every_id_of_a_pair(candidate):
    """Ids that only pairs name are returned, or connect nothing; or ids that come twice are kept twice."""
    given = {"ids": ["c", "a", "b", "b", "c"], "pairs": [("a", "x"), ("x", "c")]}
    expect(candidate.deduplicate(**given), ["c", "b"], **given)
    expect(candidate.deduplicate(iter("ba"), iter([])), ["b", "a"], ids="ba", pairs=[])
    expect(given["ids"], ["c", "a", "b", "b", "c"], ids="after the call")
