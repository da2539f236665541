"""In a preview, a script that ends an old worker stands in the worker's place; a build lists what it wrote."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from guide.publish import frontend, keeping
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hook() -> ModuleType:
    """Load the hook anew, as MkDocs does."""
    spec = importlib.util.spec_from_file_location("keeping_hook", ROOT / "hooks/keeping.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """Return the settings of a site that was just written."""
    config = MkDocsConfig(config_file_path=str(tmp_path / "mkdocs.yml"))
    config.load_dict({"site_name": "A site", "docs_dir": str(tmp_path), "site_dir": str(tmp_path / "site")})
    config.validate()
    (tmp_path / "site/data").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text("<p>A page", encoding="utf-8")
    return config


def worker_of(hook: Any, config: MkDocsConfig, command: str) -> str:
    config.extra["preview"] = command == "serve"
    file = File(frontend.KEEPER, None, config.site_dir, use_directory_urls=True)
    file.content_string = "the worker"
    hook.on_files(Files([file]), config)
    return str(file.content_string)


def test_a_build_publishes_the_worker_and_lists_its_files(hook: Any, config: MkDocsConfig) -> None:
    assert worker_of(hook, config, "build") == "the worker"
    hook.on_post_build(config)
    site = Path(config.site_dir)
    assert json.loads((site / keeping.EDITION).read_text("utf-8"))["guide"]["files"] == 1
    assert json.loads((site / keeping.FILES).read_text("utf-8"))["guide"][0]["url"] == "index.html"


def test_a_preview_ends_a_worker_and_offers_none(hook: Any, config: MkDocsConfig) -> None:
    assert "registration.unregister()" in worker_of(hook, config, "serve")
    hook.on_post_build(config)
    assert not (Path(config.site_dir) / keeping.EDITION).exists()
