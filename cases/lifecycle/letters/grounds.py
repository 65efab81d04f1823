"""Whether a legal basis is one, and whether a reason says anything: judged by kind, from `grounds.toml`.

A basis names a law or document, and in a letter that goes to be checked an article of it too. A reason has
something left when words that point elsewhere or repeat the decision are taken away. Whether either is right,
people judge.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cases.errors import InvalidInput, Reason
from cases.lifecycle import forms
from cases.moves.table import Args
from cases.rules.laws import LAWS, PETITIONS

NO_BASIS = Reason(
    "no-legal-basis",
    f"法律依据要写明法规名称和条款，例如{PETITIONS.cite('第三十二条')}；文件要写明文号。",
)
NO_REASON = Reason("no-reason", "“{field}”没有写出具体内容。请写明与此件有关的事实和理由，不要只写“见附件”。")

_ARTICLE = re.compile(r"第\s*([〇零一二两三四五六七八九十百千]{1,9}|\d{1,4})\s*条")
_QUOTED = re.compile(r"《([^《》]{2,60})》")
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{2,20}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*(?:第\s*)?\d{1,5}\s*号"
)
_ORDER = re.compile(r"[\u4e00-\u9fff]{1,12}令\s*(?:第\s*)?\d{1,4}\s*号")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("grounds.toml").read_text("utf-8"))


@cache
def _kinds(quoted: bool) -> tuple[str, ...]:
    basis = _data()["basis"]
    return tuple(sorted([*basis["kinds"], *(basis["papers"] if quoted else ())], key=len, reverse=True))


def names_a_law(text: str) -> bool:
    """《信访工作条例》, 条例第十九条 and 发改财金〔2023〕1103号 do; 条例, 有关规定第三条 do not."""
    quoted = any(_is_a_name(found.group(1), quoted=True) for found in _QUOTED.finditer(text))
    short = re.search(rf"(?<![\u4e00-\u9fff《]){_data()['basis']['short']}\s*{_ARTICLE.pattern}", text)
    return quoted or short is not None or is_legal_basis(text)


def is_legal_basis(text: str) -> bool:
    """《信访工作条例》第三十二条 and 发改财金〔2023〕1103号 are; 《信访工作条例》, 有关规定第三条 are not."""
    if _NUMBERED.search(text) or _ORDER.search(text):
        return True
    return any(_names_a_law(text[: article.start()]) for article in _ARTICLE.finditer(text))


def _names_a_law(before: str) -> bool:
    """Whether the nearest name before an article is that of a law."""
    quoted = list(_QUOTED.finditer(before))
    if quoted:
        return _is_a_name(quoted[-1].group(1), quoted=True)
    clause = re.split(r"[，。；、：:,;\s]", before.strip())[-1]
    return _is_a_name(clause)


def _is_a_name(name: str, *, quoted: bool = False) -> bool:
    name = re.sub(r"[（(][^（）()]*[)）]", "", name).strip()
    kind = next((kind for kind in _kinds(quoted) if name.endswith(kind)), None)
    if kind is None:
        return any(name in law.name for law in LAWS.values()) and len(name) >= 4
    own = _without(name.removesuffix(kind), _data()["basis"]["vague"])
    return len(set(_HAN.findall(own))) >= (1 if kind in ("法典", "宪法", "法") else 2) or name == "宪法"


def is_reason(text: str, least: int = 4) -> bool:
    """Whether at least so many different signs are left that say something of this matter."""
    if sum(map(len, re.findall(r"[A-Za-z]{2,}", text))) >= 20:
        return True  # written in another language: not judged by words of this one
    data = _data()["reason"]
    left = _without(text, [*data["pointers"], *data["echoes"]])
    return len(set(_HAN.findall(left)) | set(re.findall(r"\d+", left))) >= least


def _without(text: str, words: list[str]) -> str:
    return re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), "", text)


def weak_fields(args: Args) -> dict[str, Reason]:
    """Which fields of what was filled in are no basis or no reason, by name."""
    least = _data()["reason"]["least"]
    weak: dict[str, Reason] = {}
    if isinstance(args, forms.Decline | forms.Opinion) and not names_a_law(args.legal_basis):
        weak["legal_basis"] = NO_BASIS
    if isinstance(args, forms.Decline) and not is_reason(args.explanation, least["decline"]):
        weak["explanation"] = NO_REASON
    if isinstance(args, forms.Opinion):
        told = {"facts": args.facts, "opinion": args.opinion}
        weak |= {name: NO_REASON for name, text in told.items() if not is_reason(text, least["opinion"])}
    if isinstance(args, forms.Extension) and not is_reason(args.reason, least["extension"]):
        weak["reason"] = NO_REASON
    if isinstance(args, forms.Transfer) and not is_reason(args.reason, least["transfer"]):
        weak["reason"] = NO_REASON
    return weak


def must_be_grounded(args: Args) -> None:
    """Raises InvalidInput for a basis or reason that is none."""
    for name, reason in weak_fields(args).items():
        raise InvalidInput(reason, field=label_of(type(args), name))


def label_of(model: type[Args], name: str) -> str:
    extra = model.model_fields[name].json_schema_extra
    return str(extra["label"]) if isinstance(extra, dict) else name
