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


def executed(notebook: Notebook, execution: Execution) -> dict[str, Any]:
    """Return the notebook with its outputs, in format 4.5."""
    cells = []
    for cell in notebook.cells:
        new: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": cell.id or f"cell-{cell.number}",
            "metadata": dict(cell.metadata),
            "source": _lines(cell.source),
        }
        if cell.kind == "code":
            new["execution_count"] = execution.counts.get(cell.number)
            new["outputs"] = [_stored(output) for output in execution.outputs.get(cell.number, [])]
        cells.append(new)
    return {"cells": cells, "metadata": notebook_metadata(notebook.guide), "nbformat": 4, "nbformat_minor": 5}


def _stored(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output as nbformat keeps it on disk: long texts as lists of lines."""
    stored = dict(output)
    if "text" in stored:
        stored["text"] = _lines(stored["text"])
    if "data" in stored:
        stored["data"] = {mime: _lines(v) if isinstance(v, str) else v for mime, v in stored["data"].items()}
    return stored


def download(notebook: Notebook, execution: Execution, address: Mapping[str, str] | None = None) -> bytes:
    """Return the executed notebook as a file.

    `address` maps the targets of relative links, which lead nowhere from a download, to addresses of the site.
    """
    content = executed(notebook, execution)
    for cell in content["cells"]:
        if cell["cell_type"] == "markdown" and address:
            text = _LINK.sub(lambda m: address.get(m["target"], m["target"]), "".join(cell["source"]))
            cell["source"] = _lines(text)
    return _dump(content).encode()


def link_targets(notebook: Notebook) -> set[str]:
    """Return the targets of the relative links in the text cells."""
    found = {m["target"] for cell in notebook.cells if cell.kind == "markdown" for m in _LINK.finditer(cell.source)}
    return {target for target in found if not re.match(r"[a-z]+:|#|/", target)}


def normalized(text: str) -> str:
    """Return a notebook as it belongs in the repository: without outputs, with stable ids, one line a line."""
    raw = json.loads(text)
    seen: set[str] = set()
    cells = []
    for cell in raw["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        source = "\n".join(line.rstrip() for line in source.split("\n")).strip("\n")
        new: dict[str, Any] = {
            "cell_type": cell["cell_type"],
            "id": _identity(cell, source, seen),
            "metadata": kept_metadata(cell.get("metadata", {})),
            "source": _lines(source),
        }
        if cell["cell_type"] == "code":
            new |= {"execution_count": None, "outputs": []}
        cells.append(new)
    return _dump(
        {
            "cells": cells,
            "metadata": notebook_metadata(raw.get("metadata", {}).get("guide")),
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def _identity(cell: Mapping[str, Any], source: str, seen: set[str]) -> str:
    """Return the id of a cell: its own if it has a sound one, else one made of its text."""
    identity = str(cell.get("id", ""))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identity) or identity in seen:
        digest = key_of(cell["cell_type"], source)
        identity = next(part for n in range(len(digest) - 8) if (part := digest[n : n + 8]) not in seen)
    seen.add(identity)
    return identity


def notebook_metadata(guide: Any = None) -> dict[str, Any]:
    """Return the metadata of a notebook: its front matter, and the kernel."""
    return {
        **({"guide": guide} if guide else {}),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _dump(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
