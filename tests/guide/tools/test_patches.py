"""What we rely on beyond what libraries promise is there, and what is not there is named."""

import pytest
from guide.tools import patches


@pytest.mark.parametrize("name", patches.RELIED_ON)
def test_what_is_relied_on_is_there(name: str) -> None:
    assert patches.private(name) is not None


def test_what_is_missing_is_named_with_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "markdown.treeprocessors:InlineProcessor.gone"
    monkeypatch.setitem(patches.RELIED_ON, name, "Markdown")
    with pytest.raises(
        patches.PatchError, match=r"Markdown [\d.]+ has no `markdown.treeprocessors:InlineProcessor.gone`"
    ):
        patches.private(name)
