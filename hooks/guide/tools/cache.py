"""Results of build steps, kept by the hash of everything that went into them.

Every costly step of the build (executing a notebook, drawing a diagram, setting a formula, bundling scripts) is a
pure function of its input. A step asks its cache with a key made by `key_of` from the input; the salt of the cache
stands for the tools (their versions and the bytes of the modules that do the work), so an upgrade empties nothing
and yet never serves a stale answer. Entries live in one SQLite file per step: thousands of small answers are one
read, writes are atomic, and two builds at once do not disturb each other. A damaged file is thrown away and made
anew, since all it holds can be computed again.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def key_of(*parts: str | bytes) -> str:
    """Return the SHA-256 (hex) of the parts, each preceded by its length so that no two inputs run together."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def hash_of_files(paths: Iterable[Path]) -> str:
    """Return one hash over the bytes of `paths`, in the order given; a file that is missing counts as empty."""
    return key_of(*(path.read_bytes() if path.is_file() else b"" for path in paths))


class Cache:
    """A persistent map from keys to bytes for one build step."""

    def __init__(self, directory: Path, name: str, salt: str = "") -> None:
        """Open the cache `name` below `directory`, which is created; `salt` names the tools that make the entries."""
        self._path = Path(directory) / f"{name}.sqlite"
        self._salt = salt
        self._path.parent.mkdir(parents=True, exist_ok=True)

    def _connect(self) -> sqlite3.Connection:
        for attempt in (1, 2):
            connection = sqlite3.connect(self._path, timeout=30)
            try:
                connection.execute("CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
                return connection
            except sqlite3.DatabaseError as error:
                connection.close()
                if attempt == 2 or isinstance(error, sqlite3.OperationalError):
                    raise
                self._path.unlink(missing_ok=True)
        raise AssertionError("unreachable")

    def _salted(self, key: str) -> str:
        return key_of(self._salt, key)

    def get(self, key: str) -> bytes | None:
        """Return the entry for `key`, or None."""
        return self.get_many([key]).get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep `value` for `key`, replacing what was there."""
        self.put_many({key: value})

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the entries that exist among `keys`."""
        found: dict[str, bytes] = {}
        wanted = {self._salted(key): key for key in keys}
        if not wanted or not self._path.exists():
            return found
        connection = self._connect()
        try:
            salted = list(wanted)
            for start in range(0, len(salted), 500):
                batch = salted[start : start + 500]
                marks = ",".join("?" * len(batch))
                rows = connection.execute(f"SELECT key, value FROM entry WHERE key IN ({marks})", batch)
                found.update((wanted[key], bytes(value)) for key, value in rows)
        except sqlite3.DatabaseError:
            # Pages of the file are damaged: all of it can be computed again.
            connection.close()
            self._path.unlink(missing_ok=True)
            return {}
        finally:
            connection.close()
        return found

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep all `entries` in one transaction."""
        if not entries:
            return
        connection = self._connect()
        try:
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO entry (key, value) VALUES (?, ?)",
                    [(self._salted(key), value) for key, value in entries.items()],
                )
        finally:
            connection.close()

    def filled(
        self,
        keys: Mapping[Item, str],
        make: Callable[[list[Item]], Iterable[Result]],
        is_sound: Callable[[Result], bool] = lambda _: True,
    ) -> dict[Item, Result]:
        """Return the result for each item, by its key: one that is kept, or what `make` returns for it.

        `make` is given all items without a result, and returns theirs in the same order. Those that are sound are kept.
        """
        known = self.get_many(keys.values())
        missing = [item for item, key in keys.items() if key not in known]
        made = dict(zip(missing, make(missing), strict=True)) if missing else {}
        self.put_many({keys[item]: pickle.dumps(result) for item, result in made.items() if is_sound(result)})
        return {item: made[item] if item in made else pickle.loads(known[key]) for item, key in keys.items()}
