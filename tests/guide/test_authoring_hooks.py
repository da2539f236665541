"""The hooks for authoring and the catalogue, on tiny sites that MkDocs really builds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.guide.rendering import ROOT, tree, with_class, words
from tests.guide.sitekit import (
    CHAPTER_PATH,
    EXERCISE,
    GLOSSARY_YML,
    MERMAID,
    OTHER_PATH,
    PLAN,
    SITE,
    Content,
    chapter,
    make_site,
    page,
)

TEMPLATE = """<!doctype html><html><head><title>{{ page.title }}</title>
<meta name="description" content="{{ page.meta.description | e }}">
<meta name="tags" content="{{ (page.meta.tags or []) | join('; ') }}"></head>
<body>{{ page.content }}
{% if guide %}<footer>{% for link in guide.unlocks %}<a href="{{ link.url | url }}">{{ link.title }}</a>{% endfor %}
<i>{{ catalogue.chapters | length }}</i></footer>{% endif %}</body></html>
"""
SETTINGS = {
    "site_name": "Tiny",
    "site_url": "https://example.org/guide/",
    "strict": True,
    "theme": {"name": None, "custom_dir": "theme"},
    "plugins": [],
    "exclude_docs": "_includes/\n*.py\n*.yml\n",
    "markdown_extensions": [
        "attr_list",
        "def_list",
        "tables",
        {"toc": {"permalink": True}},
        {"pymdownx.arithmatex": {"generic": True}},
        "pymdownx.superfences",
        {"markdown_include.include": {"base_path": "somewhere"}},
    ],
    "hooks": [str(ROOT / "hooks" / name) for name in ("problems.py", "authoring.py", "catalogue.py")],
}
LIST = page(
    {"title": "A list", "summary": "A sentence that says what this is."},
    {"Terms": "[[listing glossary]]\n\n{!_includes/shared.md!}\n"},
)
# Diagrams are drawn by another hook.
PICTURE = "![A dot](dot.svg)\n"
FILES: dict[str, Content] = {
    **{path: text for path, text in SITE.items() if not path.startswith("notebooks/")},
    **PLAN,
    CHAPTER_PATH: chapter(title="Tests", aliases="[topics/statistics/testing]")
    .replace(MERMAID, PICTURE)
    .replace("## How it fails\n\nSome text.", "## How it fails\n\nThe precision is low."),
    OTHER_PATH: chapter(title="Power", prerequisites="[topics/statistics/tests]").replace(MERMAID, PICTURE),
    "docs/topics/statistics/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>',
    "docs/glossary.md": LIST,
    "docs/_includes/shared.md": "Some shared text.\n",
    "theme/main.html": TEMPLATE,
}


def build(root: Path, files: dict[str, Content]) -> subprocess.CompletedProcess[str]:
    """Build a site as a contributor would, with nothing set up for Python to find the library."""
    make_site(root, files)
    (root / "mkdocs.yml").write_text(yaml.safe_dump(SETTINGS), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        env=environment | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    done = build(root, FILES)
    assert (done.returncode, done.stderr) == (0, "")
    return root / "site"


def html(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def test_blocks_and_output_fences_are_rendered(site: Path) -> None:
    body = tree(html(site, "topics/statistics/tests"))
    assert len(with_class(body, "tl-question")) == 12
    assert len(with_class(body, "tl-output")) == 1


def test_rounds_are_called_as_the_data_says(site: Path) -> None:
    body = tree(html(site, "topics/statistics/tests"))
    assert {words(tag) for tag in with_class(body, "tl-tag--round")} == {"ML breadth"}


def test_terms_get_tooltips(site: Path) -> None:
    (term,) = tree(html(site, "topics/statistics/tests")).iter("abbr")
    assert words(term) == "precision"


def test_a_page_has_its_description_and_tags(site: Path) -> None:
    text = html(site, "topics/statistics/tests")
    assert '<meta name="description" content="A sentence that says what this is.">' in text
    assert '<meta name="tags" content="ML breadth; Entry; Core; Statistics and experiments">' in text


def test_listings_and_includes_are_filled_in(site: Path) -> None:
    text = html(site, "glossary")
    assert 'id="precision"' in text
    assert "Some shared text." in text
    assert 'href="../topics/statistics/tests/"' in text


def test_the_code_of_an_exercise_is_in_its_page(site: Path) -> None:
    text = words(tree(html(site, "practice/coding/twice")))
    assert "raise NotImplementedError" in text
    assert "return _helper(x)" in text


def test_templates_get_the_view_of_the_page_and_the_catalogue(site: Path) -> None:
    footer = tree(html(site, "topics/statistics/tests")).find("footer")
    assert [(link.get("href"), link.text) for link in footer.iter("a")] == [("../power/", "Power")]
    assert words(footer).endswith("2")


def test_the_catalogue_is_published(site: Path) -> None:
    data = json.loads((site / "data/catalogue.json").read_text("utf-8"))
    assert data["version"] == 1
    assert "topics/statistics/tests" in {item["id"] for item in data["items"]}


def test_a_former_address_leads_on(site: Path) -> None:
    text = html(site, "topics/statistics/testing")
    assert 'content="0; url=../tests/"' in text
    assert 'href="https://example.org/guide/topics/statistics/tests/"' in text


def test_a_second_build_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    build(tmp_path, FILES)
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.suffix in (".html", ".json")}
    again = tmp_path / "site"
    assert first == {
        path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.suffix in (".html", ".json")
    }


def test_everything_that_is_wrong_is_told_at_once_and_without_a_traceback(tmp_path: Path) -> None:
    files = {
        **FILES,
        CHAPTER_PATH: str(FILES[CHAPTER_PATH]).replace("level: entry\nimportance", "level: junior\nimportance"),
        "docs/glossary.md": LIST.replace("listing glossary", "listing glosary"),
        "docs/glossary.yml": GLOSSARY_YML + "- term: Lift\n",
    }
    done = build(tmp_path, files)
    assert done.returncode == 1
    assert "docs/topics/statistics/tests.md:5: `level` may not be `junior`" in done.stderr
    assert "docs/glossary.md:8: there is no listing `glosary`. Did you mean `glossary`?" in done.stderr
    assert "docs/glossary.yml:7" in done.stderr
    assert "3 problems" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_only_shows_once_a_page_is_rendered_is_told_with_its_line(tmp_path: Path) -> None:
    files = {
        **FILES,
        f"{EXERCISE}/index.md": str(FILES[f"{EXERCISE}/index.md"]).replace(
            "## Complexity\n\nSome text.", "## Complexity\n\nSome *text*{ data-md-component=search }."
        ),
    }
    done = build(tmp_path, files)
    assert done.returncode == 1
    line = str(files[f"{EXERCISE}/index.md"]).split("data-md-component")[0].count("\n") + 1
    assert f"docs/practice/coding/twice/index.md:{line}: `data-md-component=search` belongs to the theme" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_must_not_be_published_is_told_by_every_build_also_after_one_that_found_nothing(tmp_path: Path) -> None:
    assert build(tmp_path, FILES).returncode == 0
    fault = str(FILES[OTHER_PATH]).replace("Some text.", "Some *text*{ onclick=alert }.", 1)
    for _ in range(2):
        done = build(tmp_path, {**FILES, OTHER_PATH: fault})
        assert done.returncode == 1
        assert "content may not react to events (`onclick`)" in done.stderr
        assert build(tmp_path, FILES).returncode == 0


def test_under_serve_each_rebuild_reads_the_guide_again(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(SETTINGS), encoding="utf-8")
    chapter_file = tmp_path / CHAPTER_PATH
    program = f"""
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError
chapter = Path({str(chapter_file)!r})
sound = chapter.read_text("utf-8")
def again(text):
    chapter.write_text(text, encoding="utf-8")
    try:
        build(load_config("mkdocs.yml"))
    except BaseException as error:
        return type(error).__name__
    return "built"
print(again(sound), again(sound.replace("title: Tests", "titel: Tests")), again(sound.replace("Tests", "Trials")))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.stdout.split() == ["built", "Abort", "built"], done.stderr
    assert "<title>Trials</title>" in html(tmp_path / "site", "topics/statistics/tests")
