"""Merkle trees against the vectors of RFC 6962's reference implementation, and against tampering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.merkle import EMPTY, consistency_of, continues, is_below, leaf_of, path_of, root_of

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_of(bytes.fromhex(one)) for one in DATA]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 70)


def leaves(size: int) -> list[bytes]:
    return [leaf_of(str(place).encode()) for place in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_path_is_that_of_the_reference() -> None:
    assert [step.hex() for step in path_of(0, LEAVES)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@given(SIZES, st.data())
def test_every_leaf_is_shown_to_be_where_it_is_and_nowhere_else(size: int, data: st.DataObject) -> None:
    tree = leaves(size)
    place, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    path, root = path_of(place, tree), root_of(tree)
    assert is_below(tree[place], place, size, path, root)
    assert is_below(tree[other], other, size, path, root) is (other == place)
    assert not is_below(tree[place], place, size, [*path, EMPTY], root)
    assert not is_below(tree[place], size, size, path, root)
    assert not path or not is_below(tree[place], place, size, path[:-1], root)


@given(SIZES, st.data())
def test_a_later_tree_is_shown_to_begin_with_an_earlier_one_only_if_it_does(
    size: int, data: st.DataObject
) -> None:
    tree = leaves(size)
    earlier = data.draw(st.integers(1, size))
    before, root, proof = root_of(tree[:earlier]), root_of(tree), consistency_of(earlier, tree)
    assert continues(earlier, size, before, root, proof)
    place = data.draw(st.integers(0, earlier - 1))
    changed = root_of([*tree[:place], EMPTY, *tree[place + 1 : earlier]])
    assert not continues(earlier, size, changed, root, proof)
    assert not continues(earlier, size, before, root, [*proof, EMPTY])
    assert not continues(earlier, size, before, EMPTY, proof)
    assert not proof or not continues(earlier, size, before, root, proof[:-1])
