"""Notes, folds, tabs, marked and struck text as Material's writers know them."""

from __future__ import annotations

from guide.render import safety

from tests.guide.rendering import render, tree, with_class, words

TABS = '=== "NumPy"\n\n    ```python\n    x = 1\n    ```\n\n=== "PyTorch"\n\n    Text.\n'


def test_tabs_hold_their_panels_and_need_no_script() -> None:
    html = render(TABS)
    (tabs,) = with_class(tree(html), "tabbed-set")
    buttons = tabs.findall("input")
    assert [button.get("type") for button in buttons] == ["radio", "radio"]
    assert [(label.get("for"), label.text) for label in tabs.findall("label")] == [
        (button.get("id"), name) for button, name in zip(buttons, ("NumPy", "PyTorch"), strict=True)
    ]
    assert [words(panel) for panel in with_class(tabs, "tabbed-content")] == ["x = 1", "Text."]
    assert not safety.findings(html)


def test_a_note_has_its_title_and_its_text() -> None:
    (note,) = with_class(tree(render('!!! note "A title"\n    Its text.\n')), "admonition")
    assert note.get("role") == "note"
    assert words(note) == "A title Its text."


def test_a_fold_starts_closed_and_has_the_body_of_our_folds() -> None:
    (fold,) = with_class(tree(render('??? question "Why?"\n    Because.\n')), "tl-fold")
    assert fold.get("open") is None
    assert [(child.tag, words(child)) for child in fold] == [("summary", "Why?"), ("div", "Because.")]


def test_text_is_marked_and_struck() -> None:
    root = tree(render("==marked== and ~~struck~~, about ~5 to ~6, where a == b\n"))
    assert [words(each) for each in root.iter("mark")] == ["marked"]
    assert [words(each) for each in root.iter("del")] == ["struck"]
