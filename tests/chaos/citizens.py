"""Citizens who press each button once and then wait: a bot that loses a step leaves them standing.

What they were told is kept as they saw it: a proof asks them, not the bot, what was confirmed.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import random
import re
import time
from dataclasses import dataclass, field

from PIL import Image

from tests.telegram_standin import ScriptedUser
from tests.telegram_standin.users import NotSeen
from tests.telegram_standin.world import Seen

NUMBER = re.compile(r"编号：(SX\d{8}-\d{7}-\d)")
RECEIPT = re.compile(r"回执码：(\d{4} \d{4} \d{4} \d{4})")
STORIES = (
    "青海省西宁市城东区住房和城乡建设局拖欠我公司道路工程款50万元，2023年5月竣工验收后至今没有支付。",
    "青海省西宁市城西区教育局政府采购办公设备，我公司中标后货物早已验收，采购款八十万元至今不付。",
    "青海省海东市乐都区人民政府招商引资时承诺给企业的奖励资金三百万元，企业投产两年一直不兑现。",
    "青海省海西州德令哈市公路工程招标投标中，招标人中标后无故不签合同，投标保证金20万元不退。",
    "吉林省长春市朝阳区某街道办事处承诺补偿我家拆迁过渡费3万元，签了协议两年没有给。",
)
ONWARD = (
    *("确认提交", "没有问题，继续", "仍要提交", "匿名（默认）"),
    *("不清楚", "跳过", "说完了"),
)
KEPT = re.compile("存为“(.+?)”")
"""What the bot calls a file that it kept."""
SORRY = "没能处理"
UNDER_WAY, AGAIN = "正在接收", "重新发送"
"""What is said of a file that did not come at once, and of one that never came."""
MOST_STEPS = 300
"""Looks at the chat until a citizen gives up. A prompt that comes twice is answered once."""


@dataclass
class Confirmed:
    """What one citizen saw confirmed."""

    mark: str
    number: str = ""
    receipt: str = ""
    words: list[str] = field(default_factory=list)
    """Pieces of the account, in the order in which they were sent."""
    files: dict[str, str] = field(default_factory=dict)
    """Name of each file the bot said it has → SHA-256 of what was sent; empty for a picture."""
    supplements: list[str] = field(default_factory=list)
    apologies: int = 0
    slowest: float = 0.0
    done: bool = False
    left_standing: str = ""
    """Why this citizen gave up, if so."""


class ScriptedCitizen:
    """One conversation, scripted by its own random source."""

    def __init__(self, chat: ScriptedUser, index: int, seed: int, patience: float) -> None:
        self.chat = chat
        self._chance = random.Random(f"{seed}:citizen:{index}")
        self._patience = patience
        self.index = index
        mark = f"合同编号HT{seed % 1000:03d}{index:05d}"
        self.confirmed = Confirmed(mark)

    async def lives(self) -> None:
        """Files a complaint with evidence; half of them add to it afterwards."""
        filed = await self._files()
        if self._chance.random() < 0.5:
            await self._supplements(filed)
        self.confirmed.done = True

    # -- filing ---------------------------------------------------------------------------------------
    async def _files(self) -> Seen:
        before, pressed = self._state(), set[str]()
        for words in (self._chance.choice(STORIES), f"补充一句：{self.confirmed.mark}，请尽快支付。"):
            self.confirmed.words.append(words)
            await self.chat.says(words)
        files = self._chance.choice((0, 1, 1, 2))
        for _ in range(MOST_STEPS):
            last = await self._changed(before)
            before = self._state()
            if NUMBER.search(last.text):
                self._note_filed(last)
                return last
            if "材料" in last.text and self._has(last, "下一步") and len(self.confirmed.files) < files:
                await self._sends_file()
                before = []  # the bot has answered already
            elif last.text not in pressed and await self._goes_on(last):
                pressed.add(last.text)
        raise NotSeen(f"no number; last: {self.chat.last.text}")

    def _note_filed(self, seen: Seen) -> None:
        number, receipt = NUMBER.search(seen.text), RECEIPT.search(seen.text)
        assert number
        assert receipt
        self.confirmed.number, self.confirmed.receipt = number.group(1), receipt.group(1)

    async def _goes_on(self, last: Seen) -> bool:
        if "哪方面" in last.text and last.buttons:
            await self.chat.presses_data(last.buttons[0]["callback_data"], last.id)
            return True
        for label in (*ONWARD, "没有材料，下一步", "完成，下一步"):
            if self._has(last, label):
                await self.chat.presses(label, on=last)
                return True
        return False

    # -- files ----------------------------------------------------------------------------------------
    async def _sends_file(self) -> None:
        """Until the bot says it has it."""
        count = len(self.confirmed.files) + 1
        picture = self._chance.random() < 0.3
        for attempt in range(5):
            newest = self._newest()
            if picture:
                id = await self.chat.sends_photo(_picture(self._chance))
                name, digest = f"photo-{id}.jpg", ""
            else:
                name = f"材料{self.index}-{count}-{attempt}.txt"
                data = self._chance.randbytes(self._chance.choice((1_000, 30_000, 200_000))).hex().encode()
                await self.chat.sends_document(data, name, "text/plain")
                digest = hashlib.sha256(data).hexdigest()
            answer = await self._waits_for(
                lambda seen, name=name: (
                    (name in seen.text and UNDER_WAY not in seen.text) or SORRY in seen.text
                ),
                newest,
            )
            if SORRY not in answer.text and AGAIN not in answer.text:
                kept = KEPT.search(answer.text)
                assert kept, answer.text
                self.confirmed.files[kept[1]] = digest
                return
            self.confirmed.apologies += 1
        raise NotSeen("no file was taken in five tries")

    # -- afterwards -----------------------------------------------------------------------------------
    async def _supplements(self, filed: Seen) -> None:
        newest = self._newest()
        await self.chat.presses("补充材料", on=filed)
        begun = await self._waits_for(lambda seen: "请发来要补充到" in seen.text, newest)
        words = f"补充说明：{self.confirmed.mark}的付款凭证已经找到。"
        await self.chat.says(words)
        noted = await self._waits_for(lambda seen: "已记下" in seen.text, begun.id)
        if self._chance.random() < 0.5:
            await self._sends_file()
        await self.chat.presses("提交", on=noted)
        await self._waits_for(lambda seen: "已补充到" in seen.text, noted.id)
        self.confirmed.supplements.append(words)

    # -- reading --------------------------------------------------------------------------------------
    def _state(self) -> list[tuple[int, int]]:
        return [(seen.id, seen.edits) for seen in self.chat.seen]

    def _newest(self) -> int:
        return max(self.chat.chat.messages, default=0)

    def _has(self, seen: Seen, label: str) -> bool:
        return any(label in button["text"] for button in seen.buttons)

    async def _changed(self, before: list[tuple[int, int]]) -> Seen:
        since = time.monotonic()
        while self._state() == before:
            self._must_not_wait_for_ever(since)
            await asyncio.sleep(0.2)
        self._note_wait(since)
        return self.chat.last

    async def _waits_for(self, wanted: object, newer_than: int) -> Seen:
        assert callable(wanted)
        since = time.monotonic()
        while True:
            for seen in self.chat.seen:
                if seen.id > newer_than and wanted(seen):
                    self._note_wait(since)
                    return seen
            self._must_not_wait_for_ever(since)
            await asyncio.sleep(0.2)

    def _note_wait(self, since: float) -> None:
        self.confirmed.slowest = max(self.confirmed.slowest, time.monotonic() - since)

    def _must_not_wait_for_ever(self, since: float) -> None:
        if time.monotonic() - since > self._patience:
            said = [seen.text[:60] for seen in self.chat.seen[-3:]]
            raise NotSeen(f"citizen {self.index} got no answer for {self._patience:.0f} s; last: {said}")


def _picture(chance: random.Random) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (40, 40), chance.randbytes(4800)).save(out, "JPEG")
    return out.getvalue()
