"""An honest trail: one look is one entry, a read is none; and a page asks the database for what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo import monitoring

from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.ports.accounts import Staff
from cases.vocabulary import Move
from handlers.department.case.move_forms import options_for
from tests.town.live.town import Town
from tests.town.places import REFORM

KEEP_ALIVE = frozenset({"getMore", "hello", "ping"})
"""What the driver and change streams send by themselves."""


class CommandCounter(monitoring.CommandListener):
    """The commands of this process, in order, as `command collection`."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name not in KEEP_ALIVE:
            self.sent.append(f"{event.command_name} {event.command.get(event.command_name)}")

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        return

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        return


counter = CommandCounter()
monitoring.register(counter)


@contextmanager
def commands() -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    before, sent = len(counter.sent), list[str]()
    yield sent
    sent.extend(counter.sent[before:])


async def looks(town: Town, case: Case) -> int:
    entries = await town.storage.audit.list_entries(subject=case.number)
    return sum(entry.action == "case.viewed" for entry in entries)


async def test_a_page_is_one_look_and_a_move_is_none(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    path = f"/desk/cases/{case.number}"
    await town.page(path, who)
    assert await looks(town, case) == 1
    answer = await town.post(f"{path}/moves/accept", li, who, version=str(case.version), key="1")
    assert answer.status == 303
    assert await looks(town, case) == 1
    await town.page(answer.headers["Location"], who)
    assert await looks(town, case) == 2


async def test_a_form_shown_again_is_a_look(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    path = f"/desk/cases/{case.number}/moves"
    assert (await town.post(f"{path}/write", li, who, text="")).status == 422
    assert await looks(town, case) == 1
    assert (await town.post(f"{path}/note", li, who, text="看过", version="1")).status == 409
    assert await looks(town, case) == 2


async def test_letters_are_looks_and_checking_files_is_none(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.answered(li)
    await town.page(f"/desk/cases/{case.number}/letters/1", who)
    assert await looks(town, case) == 1
    assert (await town.post(f"/desk/cases/{case.number}/evidence/check", li, who)).status == 303
    assert await looks(town, case) == 1


async def test_a_case_that_may_not_be_seen_leaves_no_look(town: Town) -> None:
    stranger = await town.person("外单位", department=REFORM)
    case = await town.filed()
    await town.page(f"/desk/cases/{case.number}", await town.sign_in(stranger), status=404)
    assert await looks(town, case) == 0


async def test_a_program_looks_when_it_is_answered_with_the_case(town: Town) -> None:
    li = await town.person("李承办")
    program = await town.token(li)
    case = await town.filed()
    path = f"/api/v1/cases/{case.number}"
    for method, place, more, status, told in (
        ("POST", "/api/v1/cases/next", {}, 200, 1),
        ("GET", path, {}, 200, 2),
        ("GET", path, {"If-None-Match": '"3"'}, 304, 2),
        ("GET", f"{path}/moves", {}, 200, 2),
        ("POST", f"{path}/moves/accept", {"If-Match": '"1"'}, 412, 2),
        ("POST", f"{path}/moves/accept", {"If-Match": '"3"'}, 200, 3),
    ):
        answer = await town.client.request(method, place, headers=program | more)
        assert answer.status == status, (method, place)
        assert await looks(town, case) == told, (method, place)


async def test_a_page_and_a_move_ask_the_database_for_no_more_than_they_need(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    path = f"/desk/cases/{case.number}"
    await town.page(path, who)
    signing_in = ["find sessions", "find staff"]
    with commands() as sent:
        await town.page(path, who)
    beside = ["find unsent", "find letterheads", "find staff"]
    assert sent == [*signing_in, "find cases", "insert audit", *beside, "find ready_texts", "find cases"], (
        "the case, the look, what is unsent, how letters are signed, who is there, ready sentences, the like"
    )
    with commands() as sent:
        await town.post(f"{path}/moves/accept", li, who, version=str(case.version), key="1")
    assert sent == [*signing_in, "find cases", "find letterheads", "update cases", "delete unsent"], (
        "the case and how letters are signed read once, written once, the saved words gone"
    )


async def test_a_form_looks_up_only_what_its_fields_offer(town: Town) -> None:
    case, asked = await town.filed(), list[str]()

    async def colleagues() -> list[Staff]:
        asked.append("colleagues")
        return [await town.person("李承办")]

    async def offered(*moves: Move) -> frozenset[str]:
        specs = [MOVES[move] for move in moves]
        return frozenset(await options_for(case, specs, town.services.rules.jurisdictions, colleagues))

    assert await offered(Move.ACCEPT, Move.CLAIM, Move.WRITE) == frozenset()
    assert await offered(Move.TRANSFER) == await offered(Move.INVITE) == {"department", "elsewhere"}
    assert await offered(Move.SPLIT) == {"department", "elsewhere", "own"}
    assert asked == []
    assert await offered(Move.ASSIGN, Move.ANSWER_ORDER) == {"staff", "order"}
    assert await offered(Move.CLOSE_ACCOUNTABILITY) == {"accountability"}
    assert asked == ["colleagues"]
