"""常用语: those that come along, those of everybody and those of a department, and who may change which."""

from __future__ import annotations

import pytest

from cases.lifecycle.letters.checker import check
from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction
from cases.ports.ready_texts import EVERYBODY
from cases.vocabulary import Language, LetterKind
from handlers.department.ready_texts import (
    brought_along,
    messages_in,
    offered_in,
    pieces_for,
    places,
    standing,
)
from storage.cases.ready_texts import MongoReadyTextStore
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM

NEW = {"place": "answers.opinion", "label": "分期付款", "words": "由{accused}分三期付清，编号{number}。"}


def test_what_comes_along_has_a_name_of_its_own_and_a_place_that_there_is() -> None:
    ids = [text.id for text in brought_along()]
    assert len(ids) == len(set(ids))
    assert {text.place for text in brought_along()} <= set(places())
    assert all(text.english for text in brought_along() if text.place == "message.text")


def test_no_sentence_that_comes_along_is_one_that_the_checker_would_have_said_plainly() -> None:
    for text in brought_along():
        assert check(LetterKind.TRANSFER, {"reason": text.words})[-1].met, text.label


@pytest.mark.parametrize("language", Language)
def test_a_message_is_offered_in_the_language_of_the_citizen_or_not_at_all(language: Language) -> None:
    text = brought_along()[-1].model_copy(update={"id": "own", "words": "请来办公室", "english": ""})
    said = [words for _, words in messages_in(language, [text])]
    assert (
        said
        == {
            Language.ZH_HANS: ["请来办公室"],
            Language.ZH_HANT: ["請來辦公室"],
            Language.EN: [],
        }[language]
    )


async def test_a_head_changes_those_of_the_department_and_an_administrator_those_of_all(town: Town) -> None:
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    admin = await town.person("管理员", Role.ADMIN)
    elsewhere = await town.person("钱负责", Role.HEAD, department=REFORM)
    keys = {person.id: await town.sign_in(person) for person in (li, wang, admin, elsewhere)}
    store = MongoReadyTextStore(town.storage.database, town.storage.keys)
    case = await town.accepted(li)
    begun = await town.post(f"/desk/cases/{case.number}/papers", li, keys[li.id], kind="opinion")
    letter = begun.headers["Location"]

    async def change(person: Staff, owner: str, **more: str) -> int:
        return int((await town.post("/desk/texts", person, keys[person.id], owner=owner, **more)).status)

    assert await change(li, FINANCE, **NEW) == 403
    assert await change(wang, EVERYBODY, **NEW) == 403
    assert await change(wang, REFORM, **NEW) == 403
    assert await change(wang, FINANCE, **{**NEW, "words": ""}) == 422
    assert await change(wang, FINANCE, **{**NEW, "place": "nowhere"}) == 422
    assert await change(wang, FINANCE, **NEW, id="unknown") == 422
    assert await change(wang, FINANCE, do="drop") == 422
    assert await change(wang, FINANCE, **NEW) == 303
    page = await town.page(letter, keys[li.id])
    assert f"由西宁市城西区教育局分三期付清，编号{case.number}。" in page
    assert "分期付款" in await town.page("/desk/texts", keys[li.id])
    assert "分期付款" not in await town.page("/desk/texts", keys[elsewhere.id])

    everybody = {"place": "answers.opinion", "label": "支持，限期办理", "words": "予以支持，请按期办理。"}
    assert await change(admin, EVERYBODY, id="support", **everybody) == 303
    assert "予以支持，请按期办理。" in await town.page(letter, keys[li.id])
    assert await change(wang, FINANCE, id="support", do="hide") == 303
    assert "支持，限期办理" not in await town.page(letter, keys[li.id])
    other = case.model_copy(update={"department": REFORM})
    offered = pieces_for(LetterKind.OPINION, other, await offered_in(store, other))
    assert "予以支持，请按期办理。" in {piece.words for piece in offered}
    for owner, person in ((FINANCE, wang), (EVERYBODY, admin)):
        assert await change(person, owner, id="support", do="drop") == 303
    assert "你的请求合理，我们支持。" in await town.page(letter, keys[li.id])
    entries = await town.storage.audit.list_entries(subject="support")
    assert {entry.action for entry in entries} == {AuditAction.READY_TEXT_CHANGED}
    assert len(standing(await store.list_of({FINANCE}))) == len(brought_along()) + 1


async def test_words_with_braces_of_any_kind_are_words(town: Town) -> None:
    wang, li = await town.person("王负责", Role.HEAD), await town.person("李承办")
    head, who = await town.sign_in(wang), await town.sign_in(li)
    said = {**NEW, "words": "按{金额}{}{0.x}付款 <b>100%</b>"}
    assert (await town.post("/desk/texts", wang, head, owner=FINANCE, **said)).status == 303
    case = await town.accepted(li)
    begun = await town.post(f"/desk/cases/{case.number}/papers", li, who, kind="opinion")
    assert "按{金额}{}{0.x}付款 &lt;b&gt;100%" in await town.page(begun.headers["Location"], who)
