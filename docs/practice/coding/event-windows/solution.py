"""What happened in the last seconds: counts, distinct users and a rate
limiter over timestamped events."""

from collections import Counter, deque
from collections.abc import Hashable


class Window:
    """Events of the last `span` seconds: those with
    now - span < time <= now. Memory O(events in the window)."""

    def __init__(self, span: float) -> None:
        self.span = span
        self.events: deque[tuple[float, Hashable]] = deque()  # by time
        self.per_user: Counter[Hashable] = Counter()

    def add(self, user: Hashable, time: float) -> None:
        """Take in an event; times never go backward. Amortized O(1)."""
        self._forget(time)
        self.events.append((time, user))
        self.per_user[user] += 1

    def count(self, now: float) -> int:
        """Return how many events are in the window. O(1) on average."""
        self._forget(now)
        return len(self.events)

    def distinct(self, now: float) -> int:
        """Return how many different users are in the window.
        O(1) on average."""
        self._forget(now)
        return len(self.per_user)

    def of(self, user: Hashable, now: float) -> int:
        """Return how many events of one user are in the window.
        O(1) on average."""
        self._forget(now)
        return self.per_user[user]

    def _forget(self, now: float) -> None:
        """Drop what has left the window. Each event is dropped once, so
        this is O(1) on average."""
        while self.events and self.events[0][0] <= now - self.span:
            _, user = self.events.popleft()
            self.per_user[user] -= 1
            if self.per_user[user] == 0:
                del self.per_user[user]


class Limiter:
    """At most `limit` allowed calls of each user in any window of
    `span` seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self.limit = limit
        self.allowed = Window(span)

    def allow(self, user: Hashable, now: float) -> bool:
        """Tell whether the call may go through; only calls that may are
        counted. O(1) on average."""
        if self.allowed.of(user, now) >= self.limit:
            return False
        self.allowed.add(user, now)
        return True

    def wait(self, user: Hashable, now: float) -> float:
        """Return after how many seconds the user's next call is
        allowed, 0.0 if it is now. O(events in the window)."""
        if self.limit < 1:
            return float("inf")
        if self.allowed.of(user, now) < self.limit:
            return 0.0
        calls = self.allowed.events
        oldest = next(time for time, who in calls if who == user)
        return oldest + self.allowed.span - now
