"""Whole builds of a tiny guide with the project's own settings, templates and hooks: what is refused and how it is
said, and that a build from the cache gives the bytes of a clean one.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from guide.check.rules import check
from guide.model.vocabulary import AREAS
from guide.publish.schemas import schemas
from guide.read.load import load

from tests.benchmarks import build as benchmark
from tests.guide.sitekit import NOTEBOOK_PATH, SITE, allocation_alone, make_site

ROOT = Path(__file__).resolve().parents[2]


def guide(tmp_path: Path, changes: dict[str, str] | None = None) -> Path:
    """Lay out the tiny guide beside the project's own machinery."""
    make_site(tmp_path, {**SITE, "docs/index.md": HOME, **(changes or {})})
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    # The allocation is the project's, and says something about each of its rounds.
    shutil.copytree(ROOT / "docs/rounds", tmp_path / "docs/rounds", ignore=_PAGES, dirs_exist_ok=True)
    (tmp_path / "docs/plan").mkdir()
    (tmp_path / "docs/plan/allocation.yml").write_text(allocation_alone(), encoding="utf-8")
    return tmp_path


_PAGES = shutil.ignore_patterns("*.md", ".nav.yml")


HOME = "---\ntitle: Home\nsummary: The home of a tiny guide.\n---\n\nWelcome.\n"


def build(root: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, as `make build` does, with these changes of the environment."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://example.org/some/base/"} | changes
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of the built site by its path."""
    site = root / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def chapter(old: str, new: str) -> dict[str, str]:
    """Return the tiny guide's chapter with one thing changed."""
    path = next(path for path in SITE if path.startswith("docs/topics/") and path.endswith(".md"))
    text = SITE[path]
    assert isinstance(text, str)
    assert old in text
    return {path: text.replace(old, new, 1)}


def test_a_build_from_the_cache_gives_the_bytes_of_a_clean_one(tmp_path: Path) -> None:
    root = guide(tmp_path)
    done = build(root)
    assert done.returncode == 0, done.stderr
    clean = contents(root)
    # Without a site, nothing passes for built, and every page is made from what was kept.
    shutil.rmtree(root / "site")
    assert build(root).returncode == 0
    warm = contents(root)
    shutil.rmtree(root / ".cache")
    assert build(root).returncode == 0
    again = contents(root)
    assert warm == clean
    assert again == clean


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A formula: $\\frac{1$.", "cannot be set"),
        ("So $ x $ is small.", "was not taken for a formula"),
        ('```mermaid alt="A drawing"\nflowchart TD\n  a -> b\n```', "is not understood"),
        ('```figure alt="A drawing"\nplt.nothing()\n```', "has no attribute 'nothing'"),
        ("<script>alert(1)</script>", "script"),
        ('<img src="x" onerror="alert(1)">', "HTML"),
        ("[press](javascript:alert(1))", "may not begin with `javascript:`"),
        ("[nowhere](nowhere.md)", "leads to no file"),
        ("/// note | Open\nNever closed.", "closed"),
        ("An address: <http://[bad>.", "cannot be rendered (Invalid IPv6 URL)"),
    ],
)
def test_a_faulty_page_stops_the_build_by_name_and_line(text: str, said: str, tmp_path: Path) -> None:
    changes = chapter("## In short\n", f"## In short\n\n{text}\n")
    (path,) = changes
    done = build(guide(tmp_path, changes))
    words = done.stdout + done.stderr
    assert done.returncode != 0
    assert said in words
    assert f"{path}:" in words
    assert "Traceback" not in words
    assert not (tmp_path / "site" / "index.html").exists() or "alert(1)" not in (
        tmp_path / "site" / path.removeprefix("docs/").removesuffix(".md") / "index.html"
    ).read_text(encoding="utf-8")


UNFINISHED = """## In short

[a](a.md), $\\frac{1$ and [press](javascript:alert(1))

```figure alt="A drawing"
plt.nothing()
```
"""


def test_all_faults_of_a_guide_are_told_at_once_whatever_finds_them(tmp_path: Path) -> None:
    changes = chapter("## In short\n", UNFINISHED.replace("[press](javascript:alert(1))", "[b](b.md)"))
    changes[NOTEBOOK_PATH] = str(SITE[NOTEBOOK_PATH]).replace("assert total == 2", "assert total == 3")
    words = build(guide(tmp_path, changes)).stderr
    for said in ("`a.md`", "`b.md`", "cannot be set", "has no attribute 'nothing'", "AssertionError"):
        assert said in words
    assert words.count("5 problems") == 1


def preview(root: Path, page: str) -> str:
    """Return the HTML of a page as `make serve` shows it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dirty", "--dev-addr", place]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://{place}/"}
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = [""]
            while "Serving on" not in said[-1]:
                said.append(server.stderr.readline())
                assert said[-1], "".join(said)
            with urllib.request.urlopen(f"http://{place}/{page}/") as answer:
                return answer.read().decode()
        finally:
            server.terminate()


def test_a_page_that_is_not_finished_is_previewed_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    changes = chapter("## In short\n", UNFINISHED.replace("and [press](javascript:alert(1))", "and more"))
    (path,) = changes
    changes[NOTEBOOK_PATH] = str(SITE[NOTEBOOK_PATH]).replace("assert total == 2", "assert total == 3")
    html = preview(guide(tmp_path, changes), path.removeprefix("docs/").removesuffix(".md"))
    assert "Not finished: 3 problems" in html
    assert "leads to no file" in html
    assert "Some text." in html


def test_a_preview_does_not_show_what_must_not_be_published(tmp_path: Path) -> None:
    changes = chapter("## In short\n", UNFINISHED)
    (path,) = changes
    html = preview(guide(tmp_path, changes), path.removeprefix("docs/").removesuffix(".md"))
    assert "may not begin with `javascript:`" in html
    assert 'href="javascript:' not in html


def test_a_folder_of_any_name_is_published_as_the_catalogue_says(tmp_path: Path) -> None:
    page = "---\ntitle: A page\nsummary: A page in a folder.\n---\n\nText.\n"
    hidden = {"docs/__pycache__/a.html": "<script>alert(1)</script>", "docs/topics/__pycache__/a.html": "x"}
    root = guide(tmp_path, {"docs/templates/a.md": page, **hidden})
    assert build(root).returncode == 0
    assert (root / "site/templates/a/index.html").is_file()
    assert not list((root / "site").rglob("__pycache__"))


def test_a_formula_in_a_heading_is_set_in_the_contents_as_well(tmp_path: Path) -> None:
    page = "---\ntitle: A page\nsummary: A page in a folder.\n---\n\n# A page\n\n## Cost $O(n^2)$ of *this* `code`\n\nText.\n"
    root = guide(tmp_path, {"docs/other/a.md": page})
    done = build(root)
    assert done.returncode == 0, done.stderr
    contents_ = (root / "site/other/a/index.html").read_text("utf-8").split('id="tl-toc"')[1].split("</nav>")[0]
    assert '<math data-tex="O(n^2)">' in contents_
    assert "\\(" not in contents_


def test_a_cell_that_fails_is_told_by_the_line_of_the_file(tmp_path: Path) -> None:
    text = str(SITE[NOTEBOOK_PATH]).replace("assert total == 2", "assert total == 3")
    done = build(guide(tmp_path, {NOTEBOOK_PATH: text}))
    line = text[: text.index("total = 1")].count("\n", 0) + 1
    assert NOTEBOOK_PATH in done.stderr, done.stderr
    said = next(said for said in done.stderr.splitlines() if f"{NOTEBOOK_PATH}:" in said)
    assert "cell 2, line 2: AssertionError" in said
    assert abs(int(said.split(":")[1]) - line) <= 5


def test_the_schemas_are_published_for_editors(built: Path) -> None:
    published = built / "site/data/schemas"
    assert json.loads((published / "chapter.json").read_text("utf-8")) == schemas()["chapter"]
    assert {path.stem for path in published.iterdir()} == set(schemas())


def test_an_exercise_is_published_to_take_home(built: Path) -> None:
    folder = built / "site/practice/coding/twice"
    assert "def test_the_code(check)" in (folder / "twice.py").read_text("utf-8")
    assert json.loads((folder / "twice.ipynb").read_text("utf-8"))["nbformat"] == 4
    assert not (folder / "solution.py").exists()


def test_the_order_of_the_areas_may_name_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    order = "docs/topics/.nav.yml"
    pages = {f"docs/topics/{name}index.md": HOME for name in ("", "statistics/", "vision/", "deep-learning/")}
    root = guide(tmp_path, pages | {order: (ROOT / order).read_text("utf-8")})
    done = build(root)
    assert done.returncode == 0, done.stderr
    page = (root / "site" / "topics" / "statistics" / "index.html").read_text("utf-8")
    assert page.index("../deep-learning/") < page.index("../vision/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny guide that was built, with its cache; a page of it includes a file and links to another page."""
    changes = chapter(
        "## In short\n", "## In short\n\n{!_includes/note.md!} Mind the zebra. See [the other](../../other.md#part).\n"
    )
    other = "---\ntitle: Other\nsummary: Another page.\n---\n\n## Part\n\nText.\n"
    more = {**changes, "docs/_includes/note.md": "What is included.\n", "docs/other.md": other}
    root = guide(tmp_path_factory.mktemp("built"), more)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def changed(root: Path, path: str, old: str, new: str) -> None:
    """Change one thing in a file."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/index.md", "Welcome.", "Be welcome."),
        ("docs/_includes/note.md", "What is included.", "What is included now."),
        ("docs/glossary.yml", "- term: ", "- term: zebra\n  definition: A striped horse.\n- term: "),
        ("docs/other.md", "title: Other", "title: Another"),
        ("overrides/partials/footer.html", "No account", "No accounts"),
        ("hooks/guide/render/blocks.py", '{"class": "tl-question__title', '{"class": "tl-question__name'),
    ],
)
def test_a_change_is_seen_wherever_a_clean_build_would_show_it(
    path: str, old: str, new: str, built: Path, tmp_path: Path
) -> None:
    root = tmp_path / "guide"
    shutil.copytree(built, root, symlinks=True)
    before = contents(root)
    changed(root, path, old, new)
    done = build(root)
    assert done.returncode == 0, done.stderr
    warm = contents(root)
    for cache in (root / ".cache").glob("*.sqlite"):
        # The names of bundled scripts follow from the folder in which they were made, and the guide was copied.
        if cache.stem != "frontend":
            cache.unlink()
    assert build(root).returncode == 0
    assert warm == contents(root)
    assert warm != before


def stamps(root: Path) -> dict[str, int]:
    """Return when each file of the site was written."""
    site = root / "site"
    return {str(path): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def test_a_site_that_is_built_is_not_built_again_and_one_that_was_touched_is(tmp_path: Path) -> None:
    root = guide(tmp_path)
    assert build(root).returncode == 0
    before, written = contents(root), stamps(root)
    assert build(root).returncode == 0
    assert stamps(root) == written
    (root / "site" / "index.html").write_text("edited by hand", encoding="utf-8")
    assert build(root).returncode == 0
    assert contents(root) == before
    (root / "docs" / "index.md").write_text(HOME.replace("Welcome.", "Be welcome."), encoding="utf-8")
    assert build(root, SITE_URL="https://example.org/elsewhere/").returncode == 0
    page = contents(root)["index.html"].decode()
    assert "Be welcome." in page
    assert "https://example.org/elsewhere/" in page
    assert build(root).returncode == 0
    assert "https://example.org/some/base/" in contents(root)["index.html"].decode()


def test_a_link_of_a_kept_page_is_checked_again(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "guide"
    shutil.copytree(built, root, symlinks=True)
    changed(root, "docs/other.md", "## Part", "## Piece")
    done = build(root)
    assert done.returncode != 0
    assert "#part" in done.stdout + done.stderr


def test_a_warning_comes_back_with_every_build(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "guide"
    shutil.copytree(built, root, symlinks=True)
    # A link to a file that is no page: MkDocs warns, the catalogue does not follow it.
    changed(root, "docs/other.md", "Text.", "[text](/absolute/address/)")
    first, second = build(root), build(root)
    assert first.returncode == second.returncode != 0
    assert (first.stdout + first.stderr).count("absolute") == (second.stdout + second.stderr).count("absolute") > 0


def test_the_benchmark_writes_valid_chapters_in_every_area_that_it_uses(tmp_path: Path) -> None:
    catalogue, problems = load(benchmark.guide(tmp_path, len(AREAS)))
    assert [*problems, *check(catalogue)] == []


def test_the_benchmark_builds_the_guide_that_it_writes(tmp_path: Path) -> None:
    root = benchmark.guide(tmp_path, 2)
    assert benchmark.build(root) > 0
    for number in range(2):
        path, text = benchmark.chapter(number, 2)
        assert benchmark.LINE in text, "the line that it changes for the third measurement"
        assert (root / "site" / path.removeprefix("docs/").removesuffix(".md") / "index.html").is_file()
