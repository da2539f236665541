"""What the order of a pipeline gets wrong. Each check is named after what you would see."""

import random
from itertools import pairwise

from kit import expect, python_steps, told


def _reference_order(needs):
    """The order by looking at all steps for the first that is ready, again and again."""
    left = {*needs, *(need for its in needs.values() for need in its)}
    order = []
    while left:
        order.append(min(step for step in left if not set(needs.get(step, ())) & left))
        left.remove(order[-1])
    return order


def _acyclic(seed, n=8):
    rng = random.Random(seed)
    names = [f"s{number}" for number in range(n)]
    rng.shuffle(names)
    chosen = {step: rng.sample(names[:place], rng.randint(0, min(place, 3))) for place, step in enumerate(names)}
    return {step: chosen[step] for step in rng.sample(names, n) if chosen[step] or rng.random() < 0.5}


def _told_cycle(candidate, needs, call):
    try:
        got = getattr(candidate, call)(needs)
    except candidate.CycleError as error:
        return list(error.cycle)
    raise AssertionError(told("a CycleError", got, needs=needs, call=call))


def check_a_step_runs_before_what_it_needs(candidate):
    """A step comes before one that it needs, or the direction of the needs is reversed."""
    needs = {"train": ["features", "labels"], "features": ["log"], "labels": ["log"], "report": ["train"]}
    order = ["log", "features", "labels", "train", "report"]
    expect(candidate.run_order(needs), order, needs=needs)


def check_steps_that_are_only_needed_are_left_out(candidate):
    """A step that is only named as needed is missing, or an error; or a step that needs nothing is."""
    expect(candidate.run_order({"b": ["z"], "a": []}), ["a", "z", "b"], needs={"b": ["z"], "a": []})
    expect([candidate.run_order({}), candidate.stages({})], [[], []], needs={})


def check_the_order_depends_on_the_order_of_the_input(candidate):
    """Of the ready steps the alphabetically first does not go first: the order follows the input or the rounds."""
    for seed in range(60):
        needs = _acyclic(seed)
        expect(candidate.run_order(needs), _reference_order(needs), needs=needs)


def check_a_need_named_twice_blocks_a_step(candidate):
    """A need that is listed twice is waited for twice, so that the step never runs, or it runs twice."""
    needs = {"b": ["a", "a"], "c": ["b", "a", "b"]}
    expect([candidate.run_order(needs), candidate.stages(needs)], [["a", "b", "c"], [["a"], ["b"], ["c"]]], needs=needs)


def check_a_cycle_is_not_noticed(candidate):
    """Steps that need each other give an order, a part of one, an endless loop or another error than a CycleError."""
    needs = {"b": ["a", "c"], "c": ["b"], "a": []}
    for call in ("run_order", "stages"):
        expect(sorted(_told_cycle(candidate, needs, call)), ["b", "c"], needs=needs, call=call)
    assert issubclass(candidate.CycleError, ValueError), told("a kind of ValueError", candidate.CycleError.__mro__)


def check_a_step_that_needs_itself_runs(candidate):
    """A step that needs itself is not reported as a cycle of one."""
    expect(_told_cycle(candidate, {"a": ["a"], "b": ["a"]}, "run_order"), ["a"], needs={"a": ["a"], "b": ["a"]})


def check_the_cycle_names_innocent_steps(candidate):
    """What is reported as a cycle is not one: it holds steps that only lead to it, or two do not follow each other."""
    for seed in range(60):
        rng = random.Random(seed)
        needs = _acyclic(seed)
        ring = [f"r{number}" for number in rng.sample(range(9), rng.randint(1, 5))]
        for one, other in pairwise([*ring, ring[0]]):
            needs[one] = rng.sample([other, *rng.sample(sorted(_acyclic(seed)), 2)], 3)
        needs |= {"after": [ring[0]], "a start": ["after"], "s9": [ring[-1], "after"]}
        got = _told_cycle(candidate, needs, "run_order")
        follows = [other in needs.get(one, ()) for one, other in pairwise([*got, *got[:1]])]
        wanted = told("each once, each needing the next and the last the first", got, needs=needs)
        assert 0 < len(got) == len(set(got)) == sum(follows), wanted


def check_the_message_does_not_tell_the_cycle(candidate):
    """The message of the error does not name the steps of the cycle in their order, back to the first."""
    try:
        candidate.run_order({"b": ["b2"], "b2": ["b"]})
    except candidate.CycleError as error:
        ring = " needs ".join([*error.cycle, error.cycle[0]])
        expect(str(error), ring, cycle=error.cycle)
        return
    raise AssertionError(told("a CycleError", "an order", needs={"b": ["b2"], "b2": ["b"]}))


def check_steps_wait_a_round_too_long(candidate):
    """A step is not in the earliest round in which all that it needs has run, or a round is not sorted."""
    for seed in range(60):
        needs, done, wanted = _acyclic(seed), set(), []
        left = set(_reference_order(needs))
        while left:
            wanted.append(sorted(step for step in left if set(needs.get(step, ())) <= done))
            done |= set(wanted[-1])
            left -= done
        expect(candidate.stages(needs), wanted, needs=needs)


def check_the_pipeline_given_is_changed(candidate):
    """The dictionary that was given, or a list in it, is emptied on the way."""
    needs = {"c": ["b", "a"], "b": ["a"]}
    candidate.run_order(needs), candidate.stages(needs)
    expect(needs, {"c": ["b", "a"], "b": ["a"]}, needs="after the calls")


def check_a_long_chain_breaks_the_recursion(candidate):
    """A pipeline of many steps in a row, or a cycle of many, raises a RecursionError."""
    names = [f"{number:04}" for number in range(1500)]
    needs = {one: [other] for one, other in pairwise(names)}
    expect(candidate.run_order(needs), names[::-1], needs="0000 needs 0001, and so on")
    got = _told_cycle(candidate, needs | {names[-1]: [names[0]]}, "run_order")
    expect(len(got), 1500, needs="a ring of 1500 steps")


def check_all_steps_are_looked_at_for_the_next(candidate):
    """For each step all others are looked at again: the time grows with the square of the pipeline."""
    steps = []
    for n in (50, 800):
        needs = {f"{number:04}": [f"{number + 1:04}"] for number in range(n)}
        steps.append(python_steps(lambda needs=needs: (candidate.run_order(needs), candidate.stages(needs))) / n)
    assert steps[1] < 2 * steps[0], told(
        "as many Python steps for each of 800 in a row as for each of 50", f"{steps[0]:.0f}, then {steps[1]:.0f}"
    )
