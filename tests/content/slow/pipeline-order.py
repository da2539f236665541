"""An order as one writes it first: for each next step all that are left are looked at."""


class CycleError(ValueError):
    def __init__(self, cycle):
        super().__init__(" needs ".join(cycle + cycle[:1]))
        self.cycle = cycle


def all_steps(needs):
    return sorted({*needs, *(need for its in needs.values() for need in its)})


def run_order(needs):
    left, order = all_steps(needs), []
    while left:
        done = set(order)
        for step in left:
            if all(need in done for need in needs.get(step, ())):
                order.append(step)
                left.remove(step)
                break
        else:
            way = [left[0]]
            while way[-1] not in way[:-1]:
                way.append(next(need for need in needs[way[-1]] if need in left))
            raise CycleError(way[way.index(way[-1]) : -1])
    return order


def stages(needs):
    left, done, rounds = run_order(needs), set(), []
    while left:
        ready = [step for step in left if all(need in done for need in needs.get(step, ()))]
        rounds.append(sorted(ready))
        done |= set(ready)
        left = [step for step in left if step not in done]
    return rounds
