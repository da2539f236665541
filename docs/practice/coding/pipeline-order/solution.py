"""The order in which the steps of a pipeline can run, and the cycle
when there is none, in plain Python."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

# each step with the steps whose results it needs
Needs = Mapping[str, Sequence[str]]


class CycleError(ValueError):
    """Steps that need each other in a ring; `cycle` lists them, each
    needing the next and the last the first."""

    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, cycle[0]]))
        self.cycle = cycle


def run_order(needs: Needs) -> list[str]:
    """Return all steps, each after what it needs; among those that are
    ready the first by alphabet goes first.
    O(edges + steps log steps)."""
    waiting, wanted_by = _graph(needs)
    ready = [step for step in waiting if not waiting[step]]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        step = heapq.heappop(ready)
        order.append(step)
        for later in wanted_by[step]:
            waiting[later].discard(step)
            if not waiting[later]:
                heapq.heappush(ready, later)
    if len(order) < len(waiting):
        stuck = {step: left for step, left in waiting.items() if left}
        raise CycleError(_cycle(stuck))
    return order


def stages(needs: Needs) -> list[list[str]]:
    """Return the steps by the earliest round in which they can run, all
    of a round at once, each round sorted.
    O(edges + steps log steps)."""
    level: dict[str, int] = {}
    rounds: list[list[str]] = []
    for step in run_order(needs):
        before = [level[need] for need in needs.get(step, ())]
        level[step] = 1 + max(before, default=-1)
        if level[step] == len(rounds):
            rounds.append([])
        rounds[level[step]].append(step)
    return [sorted(each) for each in rounds]


def _graph(
    needs: Needs,
) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """Return what each step waits for, and who waits for it, including
    steps that are only named as needed."""
    waiting: dict[str, set[str]] = defaultdict(set)
    wanted_by: dict[str, list[str]] = defaultdict(list)
    for step, its in needs.items():
        waiting[step] |= set(its)
        for need in waiting[step]:
            waiting[need] |= set()
            wanted_by[need].append(step)
    return dict(waiting), wanted_by


def _cycle(waiting: Mapping[str, set[str]]) -> list[str]:
    """Return a cycle among steps that each still wait for one of them:
    go on to a need until one comes again."""
    place: dict[str, int] = {}
    step = min(waiting)
    while step not in place:
        place[step] = len(place)
        step = min(waiting[step])
    return list(place)[place[step] :]
