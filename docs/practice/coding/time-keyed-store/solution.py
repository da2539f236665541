"""A store that knows every value a key ever had, for features as they
were at the moment of an event."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable


class TimeStore:
    """Values by key and time. Writes may come late, that is, in any
    order of time."""

    def __init__(self) -> None:
        # Two lists for each key, sorted by time: the moments, and the
        # values written at them.
        self.times: dict[Hashable, list[float]] = {}
        self.values: dict[Hashable, list[object]] = {}

    def set(self, key: Hashable, value: object, time: float) -> int:
        """Write the value as of a time and return how many versions the
        key has; the same time again replaces. O(log n) to find the
        place, and O(n) to shift what is later than a late write."""
        times = self.times.setdefault(key, [])
        values = self.values.setdefault(key, [])
        place = bisect_left(times, time)
        if place < len(times) and times[place] == time:
            values[place] = value
        else:
            times.insert(place, time)
            values.insert(place, value)
        return len(times)

    def get(
        self,
        key: Hashable,
        time: float,
        default: object = None,
        max_age: float = float("inf"),
    ) -> object:
        """Return the last value written at or before the time, unless
        it is older than max_age. O(log n)."""
        times = self.times.get(key, [])
        place = bisect_right(times, time)
        if place == 0 or time - times[place - 1] > max_age:
            return default
        return self.values[key][place - 1]

    def range(
        self, key: Hashable, start: float, end: float
    ) -> list[tuple[float, object]]:
        """Return the writes with start <= time < end, by time.
        O(log n + size of the answer)."""
        times = self.times.get(key, [])
        first, last = bisect_left(times, start), bisect_left(times, end)
        return [
            (times[place], self.values[key][place])
            for place in range(first, last)
        ]

    def version(
        self, key: Hashable, number: int
    ) -> tuple[float, object]:
        """Return time and value of a version, counted by time from 1,
        or from the latest as -1. O(1)."""
        times = self.times.get(key, [])
        if not 0 < abs(number) <= len(times):
            raise KeyError(f"{key} has no version {number}")
        # The remainder leaves 1 to n as they are, and takes -n to -1
        # there as well.
        place = number % (len(times) + 1) - 1
        return times[place], self.values[key][place]
