"""A case survives the way into the database and back, and nobody's words are readable there."""

from __future__ import annotations

import traceback
from typing import Any

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.records import FreeText
from storage.cases.documents import CaseMapper
from storage.database.encoding import CODEC
from storage.database.failures import RecordUnreadable
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.sealed.whole import WholeRecords
from tests.storage.version_4 import Version4
from tests.town.cases import CANARY, full_case, registered
from tests.town.clock import MONDAY
from tests.town.places import FINANCE


@pytest.fixture
def mapper(keys: KeyRing) -> CaseMapper:
    return CaseMapper(keys)


def test_a_case_comes_back_as_it_was_stored(mapper: CaseMapper) -> None:
    case = full_case()
    stored = bson.decode(bson.encode(mapper.to_document(case)), codec_options=CODEC)
    assert mapper.to_case(stored) == case


def test_no_words_of_people_are_readable_in_a_stored_case(mapper: CaseMapper) -> None:
    raw = bson.encode(mapper.to_document(full_case()))
    assert CANARY.encode() not in raw
    assert FINANCE.encode() in raw


def test_sealed_words_come_back_marked_as_words_of_people(mapper: CaseMapper) -> None:
    case = mapper.to_case(mapper.to_document(full_case()))
    assert type(case.complaint.text) is FreeText
    assert type(case.history[0].note) is FreeText


def test_sealed_words_cannot_be_moved_to_another_case(mapper: CaseMapper) -> None:
    mine, other = mapper.to_document(full_case()), mapper.to_document(registered())
    other["sealed"] = mine["sealed"]
    with pytest.raises(WrongKey):
        mapper.to_case(other)


def test_a_record_that_cannot_be_read_is_named_without_quoting_it(mapper: CaseMapper, keys: KeyRing) -> None:
    case = full_case()
    document = mapper.to_document(case)
    later = {**WholeRecords(keys).open_tree(document["sealed"], f"{case.number}/sealed")}
    later["complaint"]["of_the_future"] = CANARY
    document["sealed"] = WholeRecords(keys).seal_tree(later, f"{case.number}/sealed")
    with pytest.raises(RecordUnreadable, match=r"complaint\.of_the_future") as unreadable:
        mapper.to_case(document)
    assert CANARY not in "".join(traceback.format_exception(unreadable.value))


def test_what_history_keeps_free_in_form_comes_back_and_none_of_it_is_readable(mapper: CaseMapper) -> None:
    document = mapper.to_document(full_case())
    data: dict[str, Any] = mapper.to_case(document).history[0].data
    assert data == {"to": "finance", "said": f"{CANARY}数据", "deep": [{"none": None, "n": 3}]}
    assert "history" not in document


def test_a_case_of_version_4_reads_the_same(mapper: CaseMapper, keys: KeyRing) -> None:
    case = full_case()
    stored = bson.decode(bson.encode(Version4(keys).case(case)), codec_options=CODEC)
    assert mapper.to_case(stored) == case


def test_words_that_are_no_valid_text_come_back(keys: KeyRing) -> None:
    records, words = WholeRecords(keys), {"said": ["半个字\ud83d", "$odd", {"n": 1}]}
    assert records.open_tree(records.seal_tree(words, "c"), "c") == words


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_words_come_back_and_their_length_shows_roughly(words: str) -> None:
    records = WholeRecords(KeyRing("k" * 40))
    sealed = records.seal_tree({"words": words}, "c")
    assert records.open_tree(sealed, "c") == {"words": words}
    assert len(sealed) == len(records.seal_tree({"words": words[:-1]}, "c")) or len(sealed) > 90


def test_an_open_case_without_running_clock_sorts_last(mapper: CaseMapper) -> None:
    document = mapper.to_document(registered(due_at=None))
    assert document["queue"]["due_at"].year == 9999
    assert "next_due" not in document


def test_the_search_hashes_of_a_text_are_those_of_its_words(mapper: CaseMapper) -> None:
    document = mapper.to_document(registered(text="拖欠农民工工资"))
    asked = mapper.search.of_words("农民工")
    assert asked
    assert set(asked) <= set(document["search"])
    assert mapper.search.of_words("字") is None


def test_times_keep_their_milliseconds(mapper: CaseMapper) -> None:
    moment = MONDAY.replace(microsecond=123_000)
    case = registered(filed_at=moment)
    stored = bson.decode(bson.encode(mapper.to_document(case)), codec_options=CODEC)
    assert mapper.to_case(stored).filed_at == moment
