"""What a page says about itself to search engines, to whoever shares it, and to the browser's guard."""

import base64
import hashlib
import html
import json
import re
from functools import cache
from urllib.parse import urljoin

import pytest

from tests.builtsite import SITE

PAGES = {path.relative_to(SITE).as_posix(): path for path in sorted(SITE.rglob("index.html"))}
# Former addresses are not pages: they send on.
NAMES = [name for name, path in PAGES.items() if 'http-equiv="refresh"' not in path.read_text("utf-8")]


@cache
def head(name: str) -> str:
    return (SITE / name).read_text("utf-8").split("</head>")[0]


def content(name: str, attribute: str) -> str:
    found = re.search(rf'<meta {attribute} content="([^"]*)"', head(name))
    assert found, f"{name} has no {attribute}"
    return html.unescape(found[1])


def policy(name: str) -> dict[str, list[str]]:
    rules = content(name, 'http-equiv="Content-Security-Policy"').split("; ")
    return {rule.split()[0]: rule.split()[1:] for rule in rules}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_describes_itself(name: str) -> None:
    assert 20 <= len(content(name, 'name="description"')) <= 200
    for attribute in ("og:title", "og:description", "og:type", "og:url", "og:image"):
        assert content(name, f'property="{attribute}"')
    for attribute in ("twitter:card", "twitter:title", "twitter:description", "twitter:image"):
        assert content(name, f'name="{attribute}"')


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_where_it_lives(name: str) -> None:
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', head(name))
    assert canonical
    assert canonical[1].endswith("/" + name.removesuffix("index.html"))
    assert content(name, 'property="og:url"') == canonical[1]


def test_no_two_pages_have_the_same_title_or_description() -> None:
    titles = [re.search(r"<title>(.*?)</title>", head(name)) for name in NAMES]
    assert len({title[1] for title in titles if title}) == len(NAMES)
    assert len({content(name, 'name="description"') for name in NAMES}) == len(NAMES)


def test_the_pictures_that_heads_name_exist() -> None:
    assert (SITE / "assets/card.png").stat().st_size < 100_000
    for name in ("assets/favicon.svg", "assets/touch-icon.png"):
        assert (SITE / name).exists()


def test_the_manifest_leads_home_and_its_icons_exist() -> None:
    assert re.search(r'<link rel="manifest" href="[^"]*assets/manifest.webmanifest">', head("index.html"))
    manifest = json.loads((SITE / "assets/manifest.webmanifest").read_text("utf-8"))
    # Relative to itself, so that it holds below any path.
    for name in ("id", "start_url", "scope"):
        assert urljoin("/a/path/assets/manifest.webmanifest", manifest[name]) == "/a/path/"
    assert all((SITE / "assets" / icon["src"]).exists() for icon in manifest["icons"])


def test_every_page_has_the_same_policy() -> None:
    assert len({content(name, 'http-equiv="Content-Security-Policy"') for name in [*NAMES, "404.html"]}) == 1


def test_the_policy_lets_nothing_foreign_in_and_no_inline_script_but_ours() -> None:
    rules = policy("index.html")
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    sources = {source for each in rules.values() for source in each}
    assert {each for each in sources if not each.startswith("'sha256-")} == {
        "'none'",
        "'self'",
        "data:",
        "blob:",
        "'unsafe-inline'",
    }
    assert rules["media-src"] == ["blob:"]
    assert "blob:" not in rules["script-src"] + rules["connect-src"] + rules["img-src"]
    assert "'unsafe-inline'" not in rules["script-src"] + rules["style-src"]


@pytest.mark.parametrize("name", [*NAMES, "404.html"])
def test_every_inline_script_is_in_the_policy(name: str) -> None:
    page = (SITE / name).read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in inline}
    assert hashes <= set(policy(name)["script-src"])
    prose = re.sub(r"<(code|pre)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r"<style\b|\son\w+=\"|javascript:", prose) == []


def test_the_page_for_wrong_addresses_works_at_any_depth() -> None:
    page = (SITE / "404.html").read_text("utf-8")
    addresses = re.findall(r'(?:href|src|data-base)="([^"#]+)"', page)
    assert [each for each in addresses if not re.match(r"/|https?://", each)] == []
