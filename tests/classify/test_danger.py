"""Danger is heard however it is written, and what is only told of is none: `docs/danger.md` has the table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from classify.acts.danger import Danger, find_danger

ACTS = Path(__file__).parents[2] / "bench" / "acts"
ACCOUNT = (
    "我们公司2019年中标县里的道路养护项目，合同写明验收后三十天付款。工程当年十一月验收合格，审计报告也出了。"
    "之后财政局说没有预算，交通局说等上级拨款，前后换了三任局长，每一任都说前任的事不清楚。我们去了十几次，材料交了四遍。"
)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("wo bu xiang huo le", Danger.SELF_HARM),
        ("bu gei qian wo jiu tiao lou", Danger.SELF_HARM),
        ("我唔想做人喇，好攰", Danger.SELF_HARM),
        ("窝不想活了", Danger.SELF_HARM),
        ("我不想活下去了 真的太累", Danger.SELF_HARM),
        ("钱要不回来，农药我已经买好了", Danger.SELF_HARM),
        ("I wrote letters to my children, they will understand when I'm gone", Danger.SELF_HARM),
        ("他們說再投訴就打斷我的腿", Danger.REPRISAL),
        ("我带着汽油去镇政府，烧死他们", Danger.VIOLENCE),
        ("一伙人拿着铁棍冲进我家了", Danger.ATTACK),
        ("我今年十三岁，继父晚上进我房间摸我", Danger.MINOR),
    ],
)
def test_danger_is_heard_in_every_way_of_writing(said: str, kind: Danger) -> None:
    assert kind in {sign.kind for sign in find_danger(said)}


@pytest.mark.parametrize("said", ["我真的不想活了，今晚就喝农药。", "再告他们就弄死我全家。"])
def test_danger_is_heard_within_a_long_account(said: str) -> None:
    assert find_danger(ACCOUNT) == ()
    assert find_danger(ACCOUNT + said + ACCOUNT)


@pytest.mark.parametrize(
    "said",
    [
        "新闻说有人讨薪跳楼，我们只想依法要回工程款",
        "我父亲2015年喝农药去世，政府答应的困难补助一直没有发",
        "判决书写的是故意伤害，民事赔偿街道一直没付",
        "对方是自杀式报价，低于成本中标",
        "遇到打击报复你们怎么保护举报人",
        "qian yi zhi bu gei",
    ],
)
def test_what_is_only_told_of_is_no_danger(said: str) -> None:
    assert find_danger(said) == ()


def test_no_frame_stands_in_a_closed_half_and_every_slot_has_words() -> None:
    closed = {
        json.loads(line)["text"]
        for name in ("closed", "closed2", "closed3")
        for line in (ACTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    for name in ("danger", "harmless"):
        text = (ACTS / f"frames_{name}.txt").read_text(encoding="utf-8").split("\n", 1)[1]
        assert closed.isdisjoint(text.splitlines())
        assert set(re.findall(r"\[(\w+)\](?!=)", text)) == set(re.findall(r"(?m)^\[(\w+)\]=", text))
