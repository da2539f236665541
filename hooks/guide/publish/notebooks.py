"""A notebook as a file: as it belongs in the repository, without outputs, and as readers download it, executed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from guide.model.catalogue import Notebook
from guide.read.notebooks import kept_metadata
from guide.run.notebooks import Execution
from guide.tools.cache import key_of

_LINK: Final = re.compile(r"(?<=\]\()(?P<target>[^)\s]+)(?=\))")


def download(notebook: Notebook, execution: Execution, address: Mapping[str, str]) -> bytes:
    """Return the executed notebook as a file, in format 4.5.

    `address` maps the targets of relative links, which lead nowhere from a download, to addresses of the site.
    """
    cells = []
    for each in notebook.cells:
        text = each.source
        if each.kind == "markdown":
            text = _LINK.sub(lambda m: address.get(m["target"], m["target"]), text)
        new = cell(each.kind, each.id or f"cell-{each.number}", text, each.metadata)
        if each.kind == "code":
            new["execution_count"] = execution.counts.get(each.number)
            new["outputs"] = [_stored(output) for output in execution.outputs.get(each.number, [])]
        cells.append(new)
    return file_of(cells, notebook.guide).encode()


def _stored(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output as nbformat keeps it on disk: long texts as lists of lines."""
    stored = dict(output)
    if "text" in stored:
        stored["text"] = _lines(stored["text"])
    if "data" in stored:
        stored["data"] = {mime: _lines(v) if isinstance(v, str) else v for mime, v in stored["data"].items()}
    return stored


def link_targets(notebook: Notebook) -> set[str]:
    """Return the targets of the relative links in the text cells."""
    texts = (each.source for each in notebook.cells if each.kind == "markdown")
    found = {match["target"] for text in texts for match in _LINK.finditer(text)}
    return {target for target in found if not re.match(r"[a-z]+:|#|/", target)}


def normalized(text: str) -> str:
    """Return a notebook as it belongs in the repository: without outputs, with stable ids, one line a line."""
    raw = json.loads(text)
    seen: set[str] = set()
    cells = []
    for each in raw["cells"]:
        source = "\n".join(line.rstrip() for line in "".join(each["source"]).split("\n")).strip("\n")
        metadata = kept_metadata(each.get("metadata", {}))
        cells.append(cell(each["cell_type"], _identity(each, source, seen), source, metadata))
    return file_of(cells, raw.get("metadata", {}).get("guide"))


def _identity(raw: Mapping[str, Any], source: str, seen: set[str]) -> str:
    """Return the id of a cell: its own if it has a sound one, else one made of its text."""
    identity = str(raw.get("id", ""))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identity) or identity in seen:
        digest = key_of(raw["cell_type"], source)
        identity = next(part for n in range(len(digest) - 8) if (part := digest[n : n + 8]) not in seen)
    seen.add(identity)
    return identity


def cell(kind: str, identity: str, source: str, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a cell of a notebook, without outputs."""
    made = {"cell_type": kind, "id": identity, "metadata": dict(metadata or {}), "source": _lines(source)}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def file_of(cells: list[dict[str, Any]], guide: Any = None) -> str:
    """Return the file of a notebook with these cells and this front matter."""
    metadata = {
        **({"guide": guide} if guide else {}),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
