"""What merged intervals get wrong. Each check is named after what you would see."""

import random

from kit import expect, python_steps, told


def _some(seed, most=7):
    rng = random.Random(seed)
    pairs = [(rng.randint(0, 16), rng.randint(0, 4)) for _ in range(rng.randrange(most))]
    return [(start, start + length) for start, length in pairs]


def _reference_units(intervals):
    """The whole numbers t for which [t, t + 1) is covered."""
    return {unit for start, end in intervals for unit in range(start, end)}


def _reference_runs(units, gap=0):
    """Units as intervals: those joined that are at most `gap` apart."""
    runs = []
    for unit in sorted(units):
        if runs and unit - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], unit + 1)
        else:
            runs.append((unit, unit + 1))
    return runs


def _pairs(got):
    return [tuple(pair) for pair in got]


def check_a_span_inside_another_shortens_it(candidate):
    """An interval within a longer one cuts off the end of the longer."""
    spans = [(0, 9), (2, 3), (8, 10), (4, 5)]
    expect(_pairs(candidate.merge(spans)), [(0, 10)], intervals=spans)


def check_touching_spans_stay_apart(candidate):
    """Intervals that touch are not joined, or those with a gap between them are."""
    spans = [(5, 7), (1, 3), (3, 4)]
    expect(_pairs(candidate.merge(spans)), [(1, 4), (5, 7)], intervals=spans)


def check_spans_in_any_order_are_merged_wrongly(candidate):
    """Over random intervals, unsorted and repeated, the union is not that of their units."""
    for seed in range(80):
        spans = _some(seed)
        wanted = _reference_runs(_reference_units(spans))
        expect(_pairs(candidate.merge(spans + spans[:1])), wanted, intervals=spans + spans[:1])


def check_small_gaps_are_not_bridged(candidate):
    """Intervals that are exactly `gap` apart are not joined, or those further apart are, or gap has another default."""
    for seed in range(60):
        spans, gap = _some(seed), seed % 4
        wanted = _reference_runs(_reference_units(spans), gap)
        expect(_pairs(candidate.merge(spans, gap)), wanted, intervals=spans, gap=gap)
    expect(_pairs(candidate.merge([(0, 1), (1.5, 2), (2.75, 3)], gap=0.5)), [(0, 2), (2.75, 3)], gap=0.5)


def check_an_empty_span_is_kept(candidate):
    """An interval whose end is not after its start is kept, joins others or is reversed."""
    for spans, wanted in (([(3, 3)], []), ([(5, 2)], []), ([(0, 1), (2, 2), (3, 4)], [(0, 1), (3, 4)]), ([], [])):
        expect(_pairs(candidate.merge(spans, 1)), wanted, intervals=spans, gap=1)


def check_the_free_time_is_wrong(candidate):
    """Over random intervals the gaps are not the uncovered units of the frame: at its ends or between."""
    for seed in range(120):
        spans = _some(seed)
        start = random.Random(seed).randint(0, 12)
        end = start + seed % 9
        wanted = _reference_runs(set(range(start, end)) - _reference_units(spans))
        expect(_pairs(candidate.gaps(spans, start, end)), wanted, intervals=spans, start=start, end=end)


def check_a_frame_without_spans_is_not_free(candidate):
    """Without intervals the whole frame is not one gap, or an empty frame has one."""
    expect([_pairs(candidate.gaps([], 2, 5)), _pairs(candidate.gaps([], 5, 5))], [[(2, 5)], []], intervals=[])
    expect(_pairs(candidate.gaps([], 6, 5)), [], intervals=[], start=6, end=5)


def check_the_overlap_is_wrong(candidate):
    """Over random intervals the overlap is not what both cover, is in pieces, or holds empty ones."""
    for seed in range(120):
        ours, theirs = _some(seed), _some(seed + 1000)
        wanted = _reference_runs(_reference_units(ours) & _reference_units(theirs))
        expect(_pairs(candidate.overlap(ours, theirs)), wanted, ours=ours, theirs=theirs)


def check_the_agreement_is_wrong(candidate):
    """The agreement is not shared length over covered length, counts shared parts twice, or fails when empty."""
    for seed in range(60):
        ours, theirs = _some(seed), _some(seed + 1000)
        one, other = _reference_units(ours), _reference_units(theirs)
        wanted = len(one & other) / len(one | other) if one | other else 1.0
        expect(candidate.jaccard(ours, theirs), wanted, ours=ours, theirs=theirs)
    expect(candidate.jaccard([(0, 0.5)], [(0.25, 1)]), 0.25, ours=[(0, 0.5)], theirs=[(0.25, 1)])


def check_the_spans_given_are_changed(candidate):
    """The list that was given is sorted in place or shortened."""
    ours, theirs = [(5, 7), (1, 3), (2, 4)], [(6, 9), (0, 2)]
    candidate.merge(ours), candidate.gaps(ours, 0, 9), candidate.overlap(ours, theirs), candidate.jaccard(ours, theirs)
    expect([ours, theirs], [[(5, 7), (1, 3), (2, 4)], [(6, 9), (0, 2)]], given="after the calls")


def check_each_span_is_compared_with_all(candidate):
    """The steps grow with the square of the number of intervals."""
    steps = []
    for n in (40, 640):
        ours = [(10 * number, 10 * number + 6) for number in range(n)]
        theirs = [(start + 4, end + 4) for start, end in ours]

        def calls(ours=ours, theirs=theirs, n=n):
            candidate.merge(ours)
            candidate.gaps(ours, 0, 10 * n)
            candidate.overlap(ours, theirs)

        steps.append(python_steps(calls) / n)
    assert steps[1] < 2 * steps[0], told(
        "as many Python steps for each of 640 intervals as for each of 40", f"{steps[0]:.0f}, then {steps[1]:.0f}"
    )
