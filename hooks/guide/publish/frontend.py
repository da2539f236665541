"""Scripts and styles: from overrides/app and overrides/styles to the few files that a page asks for.

esbuild bundles the browser application (one entry, islands as chunks that are fetched where they stand), the planner's
worker, the styles (the sheet of every page, and that of the pages where one plans or practices), the worker in which
Python runs, which is one file because it cannot fetch another, and the worker of who keeps the guide.
What of other people's work is in the bundles is known from esbuild, and their license notices are published with them.

Everything is a pure function of the files named in `sources`, so the result is cached by their hash.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from guide.publish import colors
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.code import hash_of_code
from guide.tools.node import node_executable

# The notices, as a file of the site below assets/.
LICENSES = "licenses.txt"
# The worker in which a reader's Python runs, below assets/.
WORKER = "python/worker.js"
# The worker of who keeps the guide on a device. It answers for what lies below it, so it lies at the site's root.
KEEPER = "service-worker.js"
TARGETS = ("es2022", "chrome123", "firefox120", "safari17.5")
# What esbuild is told: of every bundle, and of each. Licenses are told in a file of their own.
_ALWAYS = (
    *("--bundle", "--charset=utf8", "--legal-comments=none", "--log-level=warning"),
    f"--target={','.join(TARGETS)}",
)
_BUNDLES = (
    (
        *("app=overrides/app/main.ts", "planning=overrides/app/planning.ts"),
        *("style=overrides/styles/index.css", "work=overrides/styles/work.css"),
        *("--minify", "--splitting", "--format=esm", "--chunk-names=chunks/[name]-[hash]", "--external:*.woff2"),
        *("--jsx=automatic", "--jsx-import-source=preact"),
    ),
    (
        # No module, which browsers refuse to run in a frame without an origin.
        *("python/worker=overrides/app/python/worker.ts", "--format=iife", "--loader:.py=text"),
        # What Pyodide asks for under Node alone.
        *("--external:node:*", "--external:ws"),
        '--define:import.meta.url="https://python.invalid/pyodide.asm.mjs"',
        # By this function Pyodide tells, and refuses, workers that are no modules. It is not missed.
        "--banner:js=self.importScripts = undefined;",
    ),
    # One file: browsers look for a newer service worker by comparing its bytes.
    ("service-worker=overrides/app/keep/worker.ts", "--minify", "--format=iife"),
)


class FrontendError(RuntimeError):
    """The scripts or styles cannot be bundled; the message is esbuild's, with file and line."""


@dataclass(frozen=True)
class Bundle:
    """The files to publish, by their path below the site's assets folder."""

    files: Mapping[str, bytes]

    def address(self, name: str) -> str:
        """Return the address of a file relative to the site, with its content's hash: `assets/style.css?v=…`.

        The name stays the same from build to build, so a page that a cache kept finds a newer file, never none.
        """
        return f"assets/{name}?v={self._hashes[name][:10]}"

    @cached_property
    def _hashes(self) -> Mapping[str, str]:
        return {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()}

    @cached_property
    def version(self) -> str:
        """Return a name for this state of all files: pages made with another one are not mixed with it."""
        return key_of(*(part for name in sorted(self.files) for part in (name, self.files[name])))[:10]


def bundle(root: Path, cache_directory: Path, hues: Mapping[str, str]) -> Bundle:
    """Return scripts and styles for the repository at `root`; `hues` gives every round its color."""
    key = key_of(hash_of_files(sources(root)), json.dumps(dict(hues)))
    cache = Cache(cache_directory, "frontend", hash_of_code(__name__))
    return Bundle(cache.filled({"": key}, lambda _: [_build(root, hues)])[""])


def sources(root: Path) -> list[Path]:
    """Return every file that the bundles are made from, in a fixed order."""
    folders = [root / "overrides/app", root / "overrides/styles"]
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    fonts = sorted((root / "overrides/assets/fonts").glob("*-license.txt"))
    licenses = sorted((root / "overrides/licenses").glob("*.txt"))
    return [*found, *fonts, *licenses, root / "package-lock.json", root / "tsconfig.json"]


def packages_in(metafile: Mapping[str, Any]) -> set[str]:
    """Return the npm packages of which esbuild took something into its output, by its account."""
    used = {
        path
        for output in metafile["outputs"].values()
        for path, part in output["inputs"].items()
        if part["bytesInOutput"]
    }
    found = (re.search(r".*\bnode_modules/((?:@[^/]+/)?[^/]+)/", path) for path in used)
    return {match[1] for match in found if match}


def notices(root: Path, packages: Iterable[str]) -> str:
    """Return the license notices of npm packages and of the fonts, in their own words."""
    parts = [
        "What this site ships of other people's work, each under its own license.\n"
        "The text and code of the guide itself are licensed as its page of sources says.\n"
    ]
    for name in sorted(packages):
        folder = root / "node_modules" / name
        about = json.loads((folder / "package.json").read_text("utf-8"))
        texts = [path for path in sorted(folder.iterdir()) if re.match(r"(?i)(licen[cs]e|notice|copying)\b", path.name)]
        # Of a package that comes without its license, it lies here.
        own = root / "overrides/licenses" / f"{name}.txt"
        texts = texts or [own] * own.is_file()
        if not texts:
            raise FrontendError(f"The package {name} has no license file, so it cannot be shipped with the site.")
        heading = f"{name} {about['version']}"
        parts += [_notice(heading, path) for path in texts]
    parts += [
        _notice(f"Font: {path.name.removesuffix('-license.txt')}", path)
        for path in sorted((root / "overrides/assets/fonts").glob("*-license.txt"))
    ]
    return "\n".join(parts)


def _notice(heading: str, path: Path) -> str:
    return f"{'=' * 80}\n{heading}\n{'=' * 80}\n\n{path.read_text('utf-8').strip()}\n"


# ---- helpers -------------------------------------------------------------------------------------------------


def _build(root: Path, hues: Mapping[str, str]) -> dict[str, bytes]:
    bundled: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        out, account = Path(name) / "out", Path(name) / "meta.json"
        for arguments in _BUNDLES:
            _esbuild(root, *arguments, f"--outdir={out}", f"--metafile={account}")
            bundled |= packages_in(json.loads(account.read_text("utf-8")))
        made = sorted(path for path in out.rglob("*") if path.is_file())
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in made}
    files["style.css"] += colors.css(hues).encode()
    # Rules of Temml's sheet were copied into ours, which tells esbuild nothing of where they are from.
    files[LICENSES] = notices(root, bundled | {"temml"}).encode()
    return files


def _esbuild(root: Path, *arguments: str) -> None:
    program = root / "node_modules/esbuild/bin/esbuild"
    if not program.exists():
        raise FrontendError("esbuild is missing. Run `npm ci`.")
    # npm leaves a native program here, or a script for Node when install scripts are switched off.
    with program.open("rb") as file:
        is_script = file.read(2) == b"#!"
    command = [node_executable(), str(program)] if is_script else [str(program)]
    done = subprocess.run([*command, *_ALWAYS, *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8")
    if done.returncode or done.stderr.strip():
        raise FrontendError(f"Scripts or styles cannot be bundled:\n{done.stderr.strip()}")
