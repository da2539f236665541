"""The bundles: what is in them, what names them, what makes them anew."""

import json
import re
from pathlib import Path

import pytest
from guide.publish import frontend

ROOT = Path(__file__).resolve().parents[3]
HUES = {"ml-breadth": "252"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> frontend.Bundle:
    return frontend.bundle(ROOT, tmp_path_factory.mktemp("cache"), HUES)


def test_a_page_needs_one_script_and_a_sheet_or_two(bundle: frontend.Bundle) -> None:
    # The other scripts are the planner's, for a worker, and the worker of who keeps the guide.
    scripts = {"app.js", "planning.js", frontend.KEEPER}
    assert {name for name in bundle.files if "/" not in name} == {*scripts, "style.css", "work.css", "licenses.txt"}
    assert b".tl-long" in bundle.files["style.css"]


def test_islands_are_apart_from_the_entry(bundle: frontend.Bundle) -> None:
    assert any(name.startswith("chunks/") for name in bundle.files)
    assert len(bundle.files["app.js"]) < 20_000


def test_the_worker_of_python_is_one_file_that_asks_for_no_other(bundle: frontend.Bundle) -> None:
    worker = bundle.files[frontend.WORKER].decode()
    assert "def check(name):" in worker
    assert not re.search(r"^(?:import|export) ", worker, re.MULTILINE)


def test_the_worker_of_who_keeps_the_guide_is_one_small_file(bundle: frontend.Bundle) -> None:
    worker = bundle.files[frontend.KEEPER]
    # Most of it is Workbox.
    assert len(worker) < 15_000
    assert not re.search(rb"^(?:import|export) |importScripts|skipWaiting", worker, re.MULTILINE)


def test_the_colors_of_the_rounds_are_in_the_sheet(bundle: frontend.Bundle) -> None:
    assert b"--tl-round-ml-breadth:light-dark(" in bundle.files["style.css"]


def test_every_font_that_a_sheet_names_is_in_the_repository(bundle: frontend.Bundle) -> None:
    named = {part.split(b")")[0].strip(b"\"'") for part in bundle.files["style.css"].split(b"url(")[1:]}
    fonts = {name.decode() for name in named if not name.startswith(b"data:")}
    assert any("loop-math" in font for font in fonts)
    assert all((ROOT / "overrides/assets" / font).exists() for font in fonts), fonts


def test_whatever_is_shipped_of_others_comes_with_its_notice(bundle: frontend.Bundle) -> None:
    text = bundle.files[frontend.LICENSES].decode()
    for name in ("preact", "minisearch", "stemmer"):
        heading, _, notice = text.partition(f"\n{name} ")[2].partition("\n")
        assert heading == json.loads((ROOT / f"node_modules/{name}/package.json").read_text("utf-8"))["version"]
        assert "Permission is hereby granted" in notice.split("=" * 80)[1]
    assert "Mozilla Public License Version 2.0" in text.partition("\npyodide ")[2]
    assert "\n@codemirror/view " in text
    # Tools that only work at build are not shipped.
    assert "\nesbuild " not in text
    for font in (ROOT / "overrides/assets/fonts").glob("*-license.txt"):
        assert font.read_text("utf-8").strip() in text


def test_only_what_is_in_the_output_counts_as_shipped() -> None:
    inputs = {
        "../x/node_modules/@a/b/c.js": {"bytesInOutput": 3},
        "node_modules/shaken-off/c.js": {"bytesInOutput": 0},
        "overrides/app/main.ts": {"bytesInOutput": 9},
    }
    assert frontend.packages_in({"outputs": {"app.js": {"inputs": inputs}}}) == {"@a/b"}


def test_a_package_without_a_license_is_not_shipped(tmp_path: Path) -> None:
    (tmp_path / "node_modules/a").mkdir(parents=True)
    (tmp_path / "node_modules/a/package.json").write_text('{"version": "1.0.0"}')
    with pytest.raises(frontend.FrontendError, match="a has no license"):
        frontend.notices(tmp_path, ["a"])


def test_an_address_changes_with_the_content_alone() -> None:
    one, same, other = (frontend.Bundle({"app.js": data}).address("app.js") for data in (b"1", b"1", b"2"))
    assert one == same != other
    assert one.startswith("assets/app.js?v=")


def test_the_version_changes_with_any_file() -> None:
    one = frontend.Bundle({"app.js": b"1", "style.css": b"1"})
    assert one.version == frontend.Bundle({"style.css": b"1", "app.js": b"1"}).version
    assert one.version != frontend.Bundle({"app.js": b"1", "style.css": b"2"}).version


def test_the_bundle_that_was_kept_is_the_one_that_is_made(bundle: frontend.Bundle, tmp_path: Path) -> None:
    first = frontend.bundle(ROOT, tmp_path, HUES)
    assert frontend.bundle(ROOT, tmp_path, HUES) == first == bundle


def test_a_mistake_in_a_script_is_told_with_file_and_line(tmp_path: Path) -> None:
    for folder in ("node_modules", "package-lock.json", "tsconfig.json"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "overrides/app").mkdir(parents=True)
    (tmp_path / "overrides/styles").mkdir()
    (tmp_path / "overrides/app/main.ts").write_text("const x = ;\n")
    (tmp_path / "overrides/styles/index.css").write_text("a { color: red }\n")
    with pytest.raises(frontend.FrontendError, match=r"overrides/app/main\.ts:1:10"):
        frontend.bundle(tmp_path, tmp_path / "cache", HUES)
