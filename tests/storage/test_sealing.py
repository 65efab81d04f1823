"""The key ring: what it seals opens only whole, only in its place and only with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.sealed.key_ring import KeyRing, WeakKey, WrongKey

OLD = "the-old-secret-0123456789-abcdefghijk"
NEW = "the-new-secret-0123456789-abcdefghijk"


def test_what_was_sealed_opens() -> None:
    ring = KeyRing(OLD)
    assert ring.open_text(ring.seal("张三 13800000000", "SX1/contact"), "SX1/contact") == "张三 13800000000"
    assert ring.open(ring.seal(b"\x00\xff", "e1"), "e1") == b"\x00\xff"


def test_sealing_the_same_text_twice_gives_different_bytes() -> None:
    ring = KeyRing(OLD)
    assert ring.seal("张三", "c") != ring.seal("张三", "c")


def test_a_sealed_value_does_not_open_in_another_place() -> None:
    ring = KeyRing(OLD)
    with pytest.raises(WrongKey):
        ring.open(ring.seal("张三", "SX1/name"), "SX2/name")


def test_no_flipped_bit_goes_unseen() -> None:
    ring = KeyRing(OLD)
    sealed = ring.seal("张三", "c")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(WrongKey):
            ring.open(bytes(changed), "c")


@pytest.mark.parametrize("length", range(40))
def test_a_cut_off_value_does_not_open(length: int) -> None:
    ring = KeyRing(OLD)
    with pytest.raises(WrongKey):
        ring.open(ring.seal("张三的电话", "c")[:length], "c")


def test_another_secret_does_not_open() -> None:
    with pytest.raises(WrongKey):
        KeyRing(NEW).open(KeyRing(OLD).seal("张三", "c"), "c")


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key() -> None:
    old, both = KeyRing(OLD), KeyRing(NEW, [OLD])
    sealed = old.seal("张三", "c")
    assert both.open_text(sealed, "c") == "张三"
    resealed = both.reseal(sealed, "c")
    assert both.is_current(resealed)
    assert not both.is_current(sealed)
    assert KeyRing(NEW).open_text(resealed, "c") == "张三"
    assert both.reseal(resealed, "c") == resealed


def test_digests_are_keyed_and_differ_by_purpose() -> None:
    ring = KeyRing(OLD)
    assert ring.digest("1001", "chat") == KeyRing(OLD).digest("1001", "chat")
    assert ring.digest("1001", "chat") != ring.digest("1001", "receipt")
    assert ring.digest("1001", "chat") != KeyRing(NEW).digest("1001", "chat")


def test_digests_stay_the_same_when_the_look_up_key_is_carried_over() -> None:
    old = KeyRing(OLD)
    rotated = KeyRing(NEW, [OLD]).with_digest_root(old.digest_root)
    assert rotated.digest("1001", "chat") == old.digest("1001", "chat")
    assert rotated.open_text(old.seal("张三", "c"), "c") == "张三"


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(WeakKey):
        KeyRing("short")


def test_a_key_file_gives_the_primary_first(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# newest first\n{NEW}\n\n{OLD}\n", encoding="utf-8")
    ring = KeyRing.from_file(path)
    assert ring.primary_id == KeyRing(NEW).primary_id
    assert ring.open_text(KeyRing(OLD).seal("张三", "c"), "c") == "张三"


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(WeakKey):
        KeyRing.from_file(path)
