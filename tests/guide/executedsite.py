"""Tiny sites that are really built, by MkDocs with the hook for notebooks and figures.

What is read is not checked: a page of these tests owes nobody its front matter.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

HOOKS = Path(__file__).parents[2] / "hooks"
READER = "from pathlib import Path\nfrom guide.read.load import load\n\n\ndef on_pre_build(config):\n"
READER += "    config.extra['catalogue'] = load(Path(config.config_file_path).parent)[0]\n"
SETTINGS: dict[str, Any] = {
    "site_name": "Tiny",
    "site_url": "https://example.org/guide/",
    "theme": {"name": "mkdocs", "highlightjs": False},
    "strict": True,
    "plugins": [],
    "validation": {"links": {"not_found": "warn", "anchors": "warn", "unrecognized_links": "warn"}},
    "markdown_extensions": [
        {"toc": {"permalink": True}},
        {"pymdownx.arithmatex": {"generic": True}},
        {"pymdownx.highlight": {"anchor_linenums": False, "pygments_lang_class": True}},
        "pymdownx.superfences",
        "admonition",
    ],
    "hooks": [str(HOOKS / "problems.py"), "reader.py", str(HOOKS / "notebooks.py")],
}

Cells = Sequence[tuple[str, str]]


def notebook(cells: Cells, **metadata: Any) -> str:
    """Return a notebook as JSON; a cell is its kind and its text."""
    made = [
        {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": source}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for number, (kind, source) in enumerate(cells)
    ]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a site, with a home page unless there is one."""
    for path, text in {"docs/index.md": "# Home\n", **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def build_site(root: Path, **settings: Any) -> Path:
    """Build the site and return its folder. A build that does not succeed raises, its messages in the exception."""
    (root / "reader.py").write_text(READER, encoding="utf-8")
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**SETTINGS, **settings}), encoding="utf-8")
    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    try:
        build(load_config(str(root / "mkdocs.yml")))
    except BaseException as error:
        raise BuildFailedError("\n".join([*said.messages, str(error)])) from error
    finally:
        logger.removeHandler(said)
    return root / "site"


class BuildFailedError(Exception):
    """The build stopped; its one argument is all that it said."""


class _Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def contents(site: Path) -> dict[str, bytes]:
    """Return all files of a built site."""
    # The date of the build stands in the sitemap and, as a comment, in the theme's home page.
    return {
        path.relative_to(site).as_posix(): re.sub(rb"Build Date UTC : [^\n]*", b"", path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.name.startswith("sitemap")
    }
