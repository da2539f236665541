"""A window as one writes it first: a list of events, cut when one arrives and looked through for every question."""

import math


class Window:
    def __init__(self, span):
        self.span = span
        self.events = []

    def inside(self, now):
        found = []
        for time, user in self.events:
            if now - self.span < time <= now:
                found.append((time, user))
        self.events = found
        return found

    def add(self, user, time):
        self.inside(time)
        self.events.append((time, user))

    def count(self, now):
        return len(self.inside(now))

    def distinct(self, now):
        return len({user for _, user in self.inside(now)})

    def of(self, user, now):
        return sum(1 for _, who in self.inside(now) if who == user)


class Limiter:
    def __init__(self, limit, span):
        self.limit, self.span = limit, span
        self.calls = Window(span)

    def allow(self, user, now):
        if self.calls.of(user, now) < self.limit:
            self.calls.add(user, now)
            return True
        return False

    def wait(self, user, now):
        if self.limit == 0:
            return math.inf
        own = [time for time, who in self.calls.inside(now) if who == user]
        return own[0] + self.span - now if len(own) >= self.limit else 0.0
