"""MkDocs adapter for the book: publishes the files that `make book` has left in dist/, if there are any."""

from __future__ import annotations

from pathlib import Path

from guide.publish import book_files
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the EPUB and the PDF below book/, so that links to them are known."""
    for src, path in book_files.published(Path(config.config_file_path).parent).items():
        files.append(File.generated(config, src, abs_src_path=str(path)))
    return files
