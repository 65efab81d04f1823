"""A list of names: its statuses, moves, editions and fields."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cases.errors import Reason
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.moves.forms import ShortWords, ask
from cases.moves.history import Entry
from cases.moves.table import Args
from cases.records import Record


class ListStatus(StrEnum):
    DRAFTED = "drafted"
    STANDING = "standing"
    CLOSED = "closed"


class ListMove(StrEnum):
    BEGIN = "begin"
    ADD = "add"
    REMOVE = "remove"
    PUBLISH = "publish"
    EXPIRE = "expire"
    CLOSE = "close"


class ListName(StrEnum):
    EXAMPLES = "examples"
    BREACHES = "breaches"
    INCENTIVES = "incentives"
    SANCTIONS = "sanctions"
    BIDDING = "bidding"


LIST_NAMES: dict[ListName, str] = {
    ListName.EXAMPLES: "诚信典型范围清单",
    ListName.BREACHES: "严重失信行为及主体范围清单",
    ListName.INCENTIVES: "守信激励政策措施清单",
    ListName.SANCTIONS: "失信惩戒政策措施清单",
    ListName.BIDDING: "招标投标不良行为黑名单",
}
FOUR = {name: words for name, words in LIST_NAMES.items() if name is not ListName.BIDDING}
LONGEST_TERM, SHORTEST_TERM = 3, 1
"""Years on the blacklist."""


class Add(Args):
    """One entry, as it is written and as it is kept."""

    title: ShortWords = ask("条目", "text", help="行为、范围或者措施；黑名单写企业全称")
    ground: ShortWords = ask("列入理由", "text")
    decider: ShortWords = ask("决定机关", "text")
    document: str = ask("决定文号", "text", default="", max_length=100)
    begins_on: date = ask("自", "date")
    ends_on: date | None = ask("至", "date", default=None)
    exit_rule: str = ask("退出条件", "text", default="", max_length=500)


class Edition(Record):
    """The list as it was published once."""

    number: int = ask("版次", "number")
    on: date = ask("公布日期", "date")
    reason: str = ask("说明", "text")
    entries: tuple[Add, ...]


class NameList(Dossier[ListMove, ListStatus]):
    kind: Kind = Kind.LIST
    name: ListName
    entries: tuple[Add, ...] = ()
    """Of the next edition."""
    editions: tuple[Edition, ...] = ()

    @property
    def current(self) -> tuple[Add, ...]:
        """As published."""
        return self.editions[-1].entries if self.editions else ()

    @property
    def claims(self) -> tuple[str, ...]:
        """A place has one list of a name, until that is closed."""
        return (f"{self.kind}|{self.subject.region_code}|{self.name}",)

    def differences(self, number: int, earlier: int | None = None) -> tuple[tuple[Add, ...], tuple[Add, ...]]:
        """What came in and what went out with this edition, since the one before or an earlier one."""
        now = self.entries_of(number)
        before = self.entries_of(number - 1 if earlier is None else earlier)
        return tuple(e for e in now if e not in before), tuple(e for e in before if e not in now)

    def entries_of(self, number: int) -> tuple[Add, ...]:
        """Of an edition; none of one that there is not."""
        return next((one.entries for one in self.editions if one.number == number), ())


ListHistoryEntry = Entry[ListMove, ListStatus]
LIST_THERE_ALREADY = Reason("list-there-already", "这个地方已有同名的名单：{id}。请在那一份上列入、移出。")
NO_EXIT_RULE = Reason("no-exit-rule", "名单条目无退出条件：请写明截止日期或者退出条件。")
ENDS_BEFORE = Reason("list-ends-before", "截止日期不能早于开始日期，也不能早于今天。")
ON_THE_LIST = Reason("on-the-list", "“{title}”已经在名单上。")
NOT_ON_THE_LIST = Reason("not-on-the-list", "名单上没有“{title}”。")
NO_FIRM = Reason("not-a-firm", "黑名单只列企业和代理机构，不列个人。请写企业全称。")
NO_DECISION = Reason("no-decision", "黑名单以行政处理决定为依据，请写明决定文号。")
TERM_NOT_ALLOWED = Reason("list-term", "列入黑名单的期限为一年以上三年以下。")
