"""Files → Catalogue and Problems.

Whatever people put into docs/ and notebooks/, loading ends with a Catalogue and a list of Problems, each with path and
line. Every file is read once. What cannot be read at all is left out; a page that is partly wrong is kept with what was
right, so that its links and dependents are not reported as well.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

import pydantic

from guide.model.allocation import PATH
from guide.model.catalogue import Asset, Catalogue, Origin
from guide.model.problems import Problem, ordered
from guide.read.allocation import parse_allocation
from guide.read.data import read_entries, read_navigation
from guide.read.disk import LIMITS, PICTURES, Loading, read_text, src_of, walk, weigh_picture
from guide.read.notebooks import read_notebook
from guide.read.pages import page_kind, read_page
from guide.read.yaml import read_yaml
from guide.tools.cache import Cache, key_of
from guide.tools.code import hash_of_library


def load(root: Path, cache_directory: Path | None = None) -> tuple[Catalogue, list[Problem]]:
    """Read the guide below `root` (the repository). Never raises for what the files hold.

    With a folder for a cache, pages whose file has not changed are not parsed again.
    """
    loading = Loading(root)
    found = list(walk(loading, "docs")) + list(walk(loading, "notebooks"))
    if not (root / "docs").is_dir():
        loading.problem(
            "docs", 1, "there is no folder docs", "Run the command in the repository, or name it: --root DIR"
        )
    loading.files = {src_of(path) for path in found}
    if cache_directory is None:
        for path in found:
            _read_file(loading, path)
    else:
        _read_files(loading, found, cache_directory)
    pages = sorted(loading.pages, key=lambda page: (page.id, page.path))
    catalogue = Catalogue(
        pages=tuple(pages),
        rounds=tuple(loading.rounds),
        resources=tuple(loading.resources),
        glossary=tuple(loading.glossary),
        banks=tuple(loading.banks),
        postings=tuple(loading.postings),
        choices=tuple(loading.choices),
        allocation=loading.allocation,
        fragments=tuple(loading.fragments),
        assets=tuple(loading.assets),
        files=frozenset(loading.files),
        unread=frozenset(loading.unread),
        origins=loading.origins,
    )
    return catalogue, ordered(loading.problems)


def _read_files(loading: Loading, paths: Iterable[str], cache_directory: Path) -> None:
    """Read files in order; what a page comes to is kept, with its Problems, for as long as file and code are the same.

    That holds for pages which are made from their own file alone: an exercise is more files than one.
    """
    cache = Cache(cache_directory, "parsed", key_of(hash_of_library(), sys.version, pydantic.VERSION))
    keys = {}
    for path in paths:
        full = loading.root / path
        if not path.endswith(".md") or page_kind(path) == "exercise":
            continue
        try:
            if full.stat().st_size <= LIMITS[".md"]:
                keys[path] = key_of(path, full.read_bytes())
        except OSError:
            continue  # said by read_text
    kept = cache.get_many(keys.values())
    fresh = {}
    for path in paths:
        key = keys.get(path)
        if key in kept:
            problems, pages, fragments = pickle.loads(kept[key])
            loading.problems += problems
            loading.pages += pages
            loading.fragments += fragments
            continue
        before = len(loading.problems), len(loading.pages), len(loading.fragments)
        _read_file(loading, path)
        if key is not None:
            found = loading.problems[before[0] :], loading.pages[before[1] :], loading.fragments[before[2] :]
            fresh[key] = pickle.dumps(found)
    cache.put_many(fresh)


def _read_file(loading: Loading, path: str) -> None:
    """Read one file according to its place and ending."""
    extension = os.path.splitext(path)[1]
    if path.startswith("notebooks/"):
        if extension == ".ipynb":
            read_notebook(loading, path)
        else:
            loading.problem(path, 1, "the notebooks folder may hold nothing else", "Move or delete the file")
        return
    if extension == ".ipynb":
        loading.problem(path, 1, "a notebook belongs in notebooks/, next to docs/", "Move it there")
        return
    if extension == ".md":
        read_page(loading, path)
    elif extension == ".svg":
        text = read_text(loading, path)
        if text is not None:
            loading.assets.append(Asset(path, text))
    elif extension in PICTURES:
        weigh_picture(loading, path)
    elif path.endswith("/.nav.yml"):
        text = read_text(loading, path)
        if text is not None:
            read_navigation(loading, path, read_yaml(text, path=path))
    elif extension in (".yml", ".yaml"):
        if path != PATH:
            read_entries(loading, path)
        elif (text := read_text(loading, path)) is not None:
            loading.allocation, problems = parse_allocation(text)
            loading.problems += problems
            lines = {line.strip(): at for at, line in enumerate(text.splitlines(), 1)}
            found = loading.allocation
            for kind, entries in (
                (("activity", found.activities), ("weight", found.weights)) if found is not None else ()
            ):
                for entry in entries:
                    loading.origins[f"{kind}:{entry.id}"] = Origin(PATH, lines.get(f"- id: {entry.id}", 1))
