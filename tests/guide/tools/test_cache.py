"""The cache of build steps: what is put is got, other tools get nothing, damage is survived."""

from pathlib import Path

from guide.tools.cache import Cache, key_of
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_different_parts_have_different_keys(one: list[str], other: list[str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_a_value_put_is_got_by_another_cache_of_the_same_name(tmp_path: Path) -> None:
    Cache(tmp_path, "step").put("k", b"\x00value")
    assert Cache(tmp_path, "step").get("k") == b"\x00value"


def test_a_missing_key_is_none(tmp_path: Path) -> None:
    assert Cache(tmp_path, "step").get("k") is None


def test_another_salt_does_not_see_the_entry(tmp_path: Path) -> None:
    Cache(tmp_path, "step", salt="tool 1").put("k", b"v")
    assert Cache(tmp_path, "step", salt="tool 2").get("k") is None


def test_more_keys_than_one_query_holds_are_all_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "step")
    entries = {str(n): str(n).encode() for n in range(1201)}
    cache.put_many(entries)
    assert cache.get_many(entries) == entries


def test_a_damaged_file_counts_as_empty_and_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "step")
    cache.put("k", b"v")
    (tmp_path / "step.sqlite").write_bytes(b"not a database" * 100)
    assert cache.get("k") is None
    cache.put("k", b"w")
    assert cache.get("k") == b"w"
