"""What windows over events get wrong. Each check is named after what you would see."""

import random

from kit import expect, peak_bytes, python_steps, told


def _filled(candidate, span, events):
    window = candidate.Window(span)
    for user, time in events:
        window.add(user, time)
    return window


def _reference_window(events, span, now):
    """The users of all events in the window, by looking at every event."""
    return [user for user, time in events if now - span < time <= now]


class _ReferenceLimiter:
    """The same limiter as a list of all calls that were allowed."""

    def __init__(self, limit, span):
        self.limit, self.span, self.calls = limit, span, []

    def wait(self, user, now):
        mine = [time for who, time in self.calls if who == user and time > now - self.span]
        return 0.0 if len(mine) < self.limit else mine[0] + self.span - now

    def allow(self, user, now):
        may = self.wait(user, now) == 0
        self.calls += [(user, now)] if may else []
        return may


def _events(rng, n, users="abc"):
    times = sorted(rng.choice([rng.randint(0, 30), rng.random() * 30]) for _ in range(n))
    return [(rng.choice(users), time) for time in times]


def check_an_empty_window_is_an_error(candidate):
    """A window without events, or a user that was never seen, raises an error or counts."""
    for window, now in ((candidate.Window(5), 0), (_filled(candidate, 5, [("a", 0)]), 100)):
        expect([window.count(now), window.distinct(now), window.of("x", now), window.distinct(now)], [0, 0, 0, 0])


def check_the_edge_of_the_window_is_wrong(candidate):
    """An event exactly `span` seconds old is still in the window, or one of this moment is not."""
    for now, expected in ((10, 1), (14.9, 1), (15, 0), (15.1, 0)):
        window = _filled(candidate, 5, [("a", 10)])
        expect(
            [window.count(now), window.distinct(now), window.of("a", now)], [expected] * 3, event=10, now=now, span=5
        )


def check_old_events_are_still_counted(candidate):
    """Events that have left the window are counted, or some are dropped too early."""
    events = [("a", 1), ("b", 2), ("a", 3), ("c", 9)]
    window = _filled(candidate, 10, events)
    got = [window.count(now) for now in (9, 11, 12, 13, 18, 19)]
    expect(got, [4, 3, 2, 1, 1, 0], events=events, span=10, times=[9, 11, 12, 13, 18, 19])


def check_events_of_the_same_moment_are_lost(candidate):
    """Several events at one time, or of one user at one time, count as one."""
    events = [("a", 3), ("a", 3), ("b", 3)]
    window = _filled(candidate, 5, events)
    expect([window.count(3), window.distinct(3), window.of("a", 3)], [3, 2, 2], events=events, now=3)


def check_a_user_leaves_with_the_first_event(candidate):
    """A user who still has an event in the window is no longer counted, or one without is."""
    events = [("a", 1), ("b", 2), ("a", 6)]
    window = _filled(candidate, 10, events)
    expect([window.distinct(now) for now in (6, 11, 12, 16)], [2, 2, 1, 0], events=events, times=[6, 11, 12, 16])


def check_random_events_differ_from_a_scan(candidate):
    """Over random events the answers differ from looking at every event."""
    for seed in range(60):
        rng = random.Random(seed)
        span, events, seen = rng.choice([3, 0.5, 12]), _events(rng, 20), []
        window = candidate.Window(span)
        for user, time in events:
            window.add(user, time)
            seen.append((user, time))
            now = time if rng.random() < 0.8 or seen != events else time + rng.randint(0, 4)
            found = _reference_window(seen, span, now)
            which = rng.choice(["count", "distinct", "of"])
            got = window.of("a", now) if which == "of" else getattr(window, which)(now)
            expected = {"count": len(found), "distinct": len(set(found)), "of": found.count("a")}[which]
            expect(got, expected, question=which, events=seen, span=span, now=now)


def check_memory_grows_with_all_events(candidate):
    """Events or users that have left the window are still held, by the window or the limiter, even when nobody asks."""
    window, limiter = candidate.Window(5), candidate.Limiter(2, 5)

    def stream(first, last):
        for number in range(first, last):
            window.add(f"user {number}", number)

    def questions():
        for number in range(1000):
            window.of(f"nobody {number}", 50)

    def calls():
        for number in range(50, 2050):
            limiter.allow(f"user {number}", number)

    stream(0, 50)
    most = max(peak_bytes(questions), peak_bytes(lambda: stream(50, 2050)), peak_bytes(calls))
    assert most < 40_000, told("a few kilobytes for five events in the window", f"{most:,} bytes", events=2000)


def check_a_question_looks_at_the_whole_window(candidate):
    """The steps of a question grow with the number of events in the window."""
    steps = []
    for n in (20, 800):
        window = _filled(candidate, 2 * n, [(f"user {number % 9}", number) for number in range(n)])
        steps.append(
            python_steps(lambda window=window, n=n: (window.count(n), window.distinct(n), window.of("user 3", n)))
        )
    assert steps[1] < steps[0] + 200, told(
        "as many steps with 800 events in the window as with 20", f"{steps[0]} steps, then {steps[1]:,}"
    )


def check_the_limit_is_off_by_one(candidate):
    """One call more or less than the limit goes through, or a limit of zero lets one through."""
    for limit in (0, 1, 3):
        limiter = candidate.Limiter(limit, 10)
        got = [limiter.allow("a", 1) for _ in range(5)]
        expect([bool(each) for each in got], [number < limit for number in range(5)], limit=limit, calls="5 at time 1")
    expect([candidate.Limiter(0, 10).wait("a", 3)], [float("inf")], limit=0)


def check_users_share_a_limit(candidate):
    """The calls of one user use up the limit of another."""
    limiter = candidate.Limiter(1, 10)
    got = [limiter.allow(user, 1) for user in "aabb"]
    expect(got, [True, False, True, False], limit=1, users="aabb")


def check_refused_calls_are_counted(candidate):
    """A call that was refused counts against the limit, so that a user who keeps trying is never let in."""
    limiter = candidate.Limiter(1, 10)
    times = [0, 4, 8, 10, 14, 20]
    expect([limiter.allow("a", time) for time in times], [True, False, False, True, False, True], limit=1, times=times)


def check_a_burst_at_the_turn_gets_through(candidate):
    """At the edge of a fixed interval twice the limit goes through: any window counts, not just a clock's."""
    times = [9, 9.5, 10.5, 11, 19, 19.5]
    limiter = candidate.Limiter(2, 10)
    got = [limiter.allow("a", time) for time in times]
    expect(got, [True, True, False, False, True, True], limit=2, span=10, times=times)


def check_the_wait_is_wrong(candidate):
    """A call after the stated wait is refused, one before it allowed, or asking for the wait uses up a call."""
    for seed in range(60):
        rng = random.Random(seed)
        limit, span, calls = rng.randint(1, 3), rng.randint(2, 9), []
        limiter, plain = candidate.Limiter(limit, span), _ReferenceLimiter(limit, span)
        for user, time in _events(rng, 25, "ab"):
            calls.append((user, time))
            got = [limiter.wait(user, time), limiter.allow(user, time), limiter.wait(user, time)]
            expected = [plain.wait(user, time), plain.allow(user, time), plain.wait(user, time)]
            expect(got, [float(expected[0]), expected[1], float(expected[2])], limit=limit, span=span, calls=calls)
