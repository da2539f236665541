"""A store as one writes it first: all versions of a key in a list, walked through for every question."""


class TimeStore:
    def __init__(self):
        self.writes = {}

    def set(self, key, value, time):
        versions = [pair for pair in self.writes.get(key, []) if pair[0] != time]
        versions.append((time, value))
        versions.sort(key=lambda pair: pair[0])
        self.writes[key] = versions
        return len(versions)

    def get(self, key, time, default=None, max_age=float("inf")):
        found = default
        for moment, value in self.writes.get(key, []):
            if moment <= time:
                found = default if time - moment > max_age else value
        return found

    def range(self, key, start, end):
        return [pair for pair in self.writes.get(key, []) if start <= pair[0] < end]

    def version(self, key, number):
        versions = self.writes.get(key, [])
        for place, pair in enumerate(versions, 1):
            if number in (place, place - len(versions) - 1):
                return pair
        raise KeyError(number)
