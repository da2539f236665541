"""MkDocs adapter for `make serve`, which is `mkdocs serve --dirty`: a saved page is made again, and no other.

MkDocs asks each file whether it is newer than what was made of it. We answer for all that a page is made from: an
exercise is more files than one, and what shapes every page (data files, shared fragments, templates, code) makes every
page anew. What lists other pages, and the search, show a change of theirs when the preview is started again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guide.model.catalogue import Catalogue, Exercise
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

# Set by `mkdocs serve --dirty`.
_only_changed = False


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether only changed pages are made."""
    global _only_changed
    _only_changed = dirty


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let each page answer for all that it is made from."""
    if not _only_changed:
        return files
    root = Path(config.config_file_path).parent
    docs = Path(config.docs_dir)
    shared = [root / "mkdocs.yml", *docs.rglob("*.yml"), *docs.glob("_includes/**/*")]
    shared += [path for folder in ("hooks", "overrides") for path in (root / folder).rglob("*")]
    newest = _newest(path for path in shared if "__pycache__" not in path.parts)
    catalogue: Catalogue = config.extra["catalogue"]
    for file in files.documentation_pages():
        known = catalogue.page_at(file.src_uri)
        if known is not None and file.abs_src_path:
            own = [Path(file.abs_src_path)]
            if isinstance(known, Exercise):
                own += (root / known.folder).glob("*")
            _answer(file, max(newest, _newest(own)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Name the pages in the navigation, which MkDocs cannot when it has not read them."""
    if _only_changed:
        for page in nav.pages:
            known = config.extra["catalogue"].page_at(page.file.src_uri)
            if known is not None:
                page.title = known.title
    return nav


# ---- helpers -----------------------------------------------------------------------------------------------------


def _newest(paths: Iterable[Path]) -> float:
    """Return when the last of these files was changed, in seconds."""
    return max((path.stat().st_mtime for path in paths if path.is_file()), default=0.0)


def _answer(file: File, changed: float) -> None:
    made = Path(file.abs_dest_path)
    file.is_modified = lambda: not made.is_file() or made.stat().st_mtime < changed  # type: ignore[method-assign]
