"""Pictures of authors get their size and are fetched late."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.render.pictures import sized
from PIL import Image

from tests.guide.sitekit import SITE, problems_of


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "gif"])
def test_a_picture_has_the_size_of_its_file(ending: str, tmp_path: Path) -> None:
    (tmp_path / "topics/img").mkdir(parents=True)
    Image.new("RGB", (160, 40)).save(tmp_path / f"topics/img/plot.{ending}")
    html = sized(f'<p><img alt="A plot" src="../img/plot.{ending}"></p>', "topics/plots/", tmp_path)
    assert html == f'<p><img alt="A plot" src="../img/plot.{ending}" width="160" height="40" loading="lazy"></p>'


@pytest.mark.parametrize(
    "root", ['viewBox="0 0 160 40"', 'width="160" height="40px"', 'width="100%" viewBox="0,0,160,40"']
)
def test_a_drawing_has_the_size_of_its_root(root: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {root}></svg>')
    assert 'width="160" height="40"' in sized('<img alt="A" src="a.svg" />', "", tmp_path)


def test_what_the_author_set_stays(tmp_path: Path) -> None:
    Image.new("RGB", (160, 40)).save(tmp_path / "a.png")
    html = '<img alt="A" src="a.png" width="80" loading="eager">'
    assert sized(html, "", tmp_path) == html


def test_a_file_that_is_no_picture_gets_no_size(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    assert sized('<img alt="A" src="a.png">', "", tmp_path) == '<img alt="A" src="a.png" loading="lazy">'


def test_a_heavy_picture_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {**SITE, "docs/a.png": bytes(300_001), "docs/b.png": bytes(300_000)})
    assert str(problem).startswith("docs/a.png:1: the picture is 300 KB")
