"""What one operation costs: commands to the database, and processor time of server, mongod and client apart.

Citizens in chats do one step after another, `--flight` at a time; then departments' systems file by API,
and a person of the desk reads pages. Rates of a shared machine are noise; commands are not.

    python -m bench.operations --citizens 200 --flight 32
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from itertools import count

from aiohttp import ClientSession, CookieJar

from bench.board import PASSWORD
from bench.stage import Chat, Cost, Stage, at_once, memory_mb, stage
from bench.stored_cases import copy_as_ended
from bot.wiring import token_hash, utc_now
from cases.people import Role
from cases.ports.accounts import ApiToken, Staff
from handlers.web.access.scopes import OPEN311
from handlers.web.signing_in.passwords import Passwords
from storage.opening import Storage, open_storage
from storage.sealed.key_ring import KeyRing

STORY = "青海省西宁市城东区住房和城乡建设局拖欠我公司道路工程款50万元，2023年5月竣工验收后至今没有支付。"
MORE = "补充一句：合同编号HT{n:05d}，请尽快支付。"
LAST = "确认提交"
ONWARD = (LAST, "没有问题，继续", "仍要提交", "匿名", "不清楚", "跳过", "说完了", "下一步")
"""Labels that lead on to the end, the last step first."""
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
DEPARTMENT = "630000:省财政厅"
FORM = {
    "service_code": "procurement",
    "address_string": "青海省西宁市城西区",
    "attribute[accused]": "西宁市城西区教育局",
}
WORDS = "城西区教育局第{n}号合同拖欠采购款八十万元，承诺三十日内付清，货物早已验收，至今未付，请督促。"


async def chat_costs(on: Stage, citizens: int, flight: int) -> AsyncIterator[Cost]:
    """A text, a second one, each press until the complaint is filed, and asking how it stands."""
    chats = [on.api.chat(1000 + n) for n in range(citizens)]

    async def measure(name: str, step: Callable[[Chat], Awaitable[object]]) -> Cost:
        return await on.measure(name, citizens, lambda: at_once(flight, chats, step), rest=2.0)

    yield await measure("text (the story)", lambda chat: on.says(chat, STORY))
    yield await measure("text (more of it)", lambda chat: on.says(chat, MORE.format(n=chat.id)))
    label = ""
    while label != LAST:
        label = next(label for label in ONWARD if any(label in words for words, _ in chats[0].buttons))
        yield await measure(f"{'confirm' if label == LAST else 'tap'} ({label})", partial(on.presses, label))
    yield await measure("/status", lambda chat: on.says(chat, "/status"))


async def open_desk(storage: Storage, accounts: int) -> str:
    """An account of the desk beside so many others, and a token of its system; the token's secret."""
    for n in range(accounts):
        name = f"{SURNAMES[n % 20]}{SURNAMES[n // 20 % 20]}{n}"
        other = Staff(f"s{n}", f"s{n}", name, DEPARTMENT, frozenset({Role.HANDLER}))
        await storage.staff.add(other)
    hashed = await Passwords().hash(PASSWORD)
    roles = frozenset({Role.HANDLER, Role.HEAD})
    await storage.staff.add(Staff("bench", "bench", "张志远", DEPARTMENT, roles, password_hash=hashed))
    secret = secrets.token_urlsafe(32)
    scopes = frozenset({OPEN311})
    token = ApiToken(token_hash(storage.keys, secret), "bench", "bench", scopes, utc_now())
    await storage.tokens.put(token)
    return secret


async def desk_costs(
    on: Stage, filings: int, flight: int, looks: int, stored: int, accounts: int
) -> AsyncIterator[Cost]:
    """Filing by departments' systems; the queue and a case as a person of the desk sees them."""
    keys, numbers, serial = KeyRing(on.settings["SECRET_KEY"]), list[str](), count(1)
    async with open_storage(on.uri, "shouxin", keys, utc_now) as storage:
        secret = await open_desk(storage, accounts)

    async def file(_: Chat) -> None:
        n = next(serial)
        form = {**FORM, "description": WORDS.format(n=n), "api_key": secret}
        door = on.doors[n % len(on.doors)]
        async with on.http.post(f"{door}/open311/v2/requests.json", data=form) as answer:
            filed = await answer.json()
            assert answer.status == 201, filed
            numbers.append(filed[0]["service_request_id"])

    one_each = [Chat(n) for n in range(filings)]
    yield await on.measure("filing (Open311)", filings, lambda: at_once(flight, one_each, file), rest=4.0)
    assert len(set(numbers)) == filings, "filings were lost"
    if stored:
        async with open_storage(on.uri, "shouxin", keys, utc_now) as storage:
            await copy_as_ended(storage.database, stored)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        page = await (await client.get(f"{on.doors[0]}/login")).text()
        token = page.split('name="csrf" value="')[1].split('"')[0]
        form = {"csrf": token, "login": "bench", "password": PASSWORD, "next": "/healthz"}
        assert (await client.post(f"{on.doors[0]}/login", data=form)).status == 200

        async def look(path: str) -> None:
            for _ in range(looks):
                async with client.get(on.doors[0] + path) as answer:
                    assert answer.status == 200, await answer.text()
                    await answer.read()

        for name, path in (("queue page", "/desk"), ("case page", f"/desk/cases/{numbers[0]}")):
            await look(path)
            yield await on.measure(name, looks, partial(look, path), rest=0.5)


async def run(
    citizens: int,
    flight: int,
    processes: int,
    rest: float,
    filings: int,
    looks: int,
    stored: int,
    accounts: int,
) -> list[Cost]:
    costs = []
    async with stage(processes) as on:
        warm = [on.api.chat(n) for n in range(1, 9)]
        await at_once(4, warm, lambda chat: on.says(chat, "在吗"))
        await asyncio.sleep(3)
        idle = await on.measure("at rest, a second", round(rest), lambda: asyncio.sleep(rest), rest=0)
        costs.append(idle)
        print(idle.line(), flush=True)
        async for cost in chat_costs(on, citizens, flight):
            costs.append(cost)
            print(cost.line(), flush=True)
        async for cost in desk_costs(on, filings, flight, looks, stored, accounts):
            costs.append(cost)
            print(cost.line(), flush=True)
        print(f"memory {[round(memory_mb(pid)) for pid in on.servers]} MB; calls {dict(on.api.calls)}")
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.operations", description=__doc__)
    parser.add_argument("--citizens", type=int, default=200)
    parser.add_argument("--flight", type=int, default=32)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--rest", type=float, default=20.0, help="seconds of looking at an idle process")
    parser.add_argument("--filings", type=int, default=300)
    parser.add_argument("--stored", type=int, default=0, help="cases that are over, beside them")
    parser.add_argument("--accounts", type=int, default=0, help="of others in the same department")
    parser.add_argument("--looks", type=int, default=10, help="at each page")
    asyncio.run(run(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
