"""A citizen who files a complaint by text and buttons, the way people do, and copes with any question."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.telegram_standin import ScriptedUser
from tests.telegram_standin.users import NotSeen
from tests.telegram_standin.world import Seen
from tests.town.words import NUMBER, RECEIPT

ONWARD = (
    *("确认提交", "没有问题，继续", "仍要提交", "匿名（默认）", "没有材料，下一步"),
    *("完成，下一步", "不清楚", "跳过", "说完了"),
)
"""What to press, best first."""
WHICH_DOMAIN = "哪方面"
MOST_STEPS = 80


@dataclass
class Receipted:
    number: str
    receipt: str
    told: list[str] = field(default_factory=list)
    """Everything the bot said on the way."""


async def file_complaint(user: ScriptedUser, text: str, *, within: float = 60.0) -> Receipted:
    """Say it, answer every question, confirm. Raises NotSeen when the bot leaves one stuck."""
    before = _state(user)
    pressed: set[tuple[int, str]] = set()
    await user.says(text)
    for _ in range(MOST_STEPS):
        last = await _next(user, before, within)
        found = NUMBER.search(last.text)
        if found is not None and RECEIPT.search(_all(user)):
            receipt = RECEIPT.findall(_all(user))[-1]
            return Receipted(found.group(), receipt, [seen.text for seen in user.seen])
        label = _choose(last)
        before = _state(user)
        if label is None or (last.id, label) in pressed:
            continue
        pressed.add((last.id, label))
        await user.presses(label, on=last)
    raise NotSeen(f"no number after {MOST_STEPS} steps; last: {user.last.text}")


def _choose(seen: Seen) -> str | None:
    offered = [button["text"] for button in seen.buttons]
    if WHICH_DOMAIN in seen.text and offered:
        return str(offered[0])
    for label in ONWARD:
        for text in offered:
            if label in text:
                return label
    return None


def _state(user: ScriptedUser) -> list[tuple[int, int]]:
    return [(seen.id, seen.edits) for seen in user.seen]


def _all(user: ScriptedUser) -> str:
    return "\n".join(seen.text for seen in user.seen)


async def _next(user: ScriptedUser, before: list[tuple[int, int]], within: float) -> Seen:
    await user.reads(lambda _: _state(user) != before, within=within)
    return user.last
