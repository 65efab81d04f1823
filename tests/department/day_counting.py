"""The clocks of a case worked out a second time, by counting days one by one from its raw history.

Written apart from `cases.clocks` and `cases.rules.calendar` and sharing nothing with them: other data (the
published notice typed off by hand), another way (walking instead of adding), so that both can only
agree by being right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from cases.model import HistoryEntry

BEIJING = timezone(timedelta(hours=8))
# 国务院办公厅关于2026年部分节假日安排的通知, from April on: weekdays off and weekend days worked.
WEEKDAYS_OFF = {
    date(2026, month, day)
    for month, days in {4: (6,), 5: (1, 4, 5), 6: (19,), 9: (25,), 10: (1, 2, 5, 6, 7)}.items()
    for day in days
}
WEEKEND_DAYS_WORKED = {date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)}
LAST_KNOWN = date(2026, 12, 31)

# Days each law gives: (days, only working days count).
ACCEPT = {"procurement": (5, True), "bidding": (3, True)}
HANDLE = {"procurement": (30, True), "bidding": (30, True), "debt": (30, False)}
FROM_RECEIPT = {"procurement"}
"""财政部门应当自收到投诉之日起30个工作日内作出处理决定: not from acceptance as elsewhere."""
DECLINE = {"procurement": (3, True)}
ASKING = (5, True)
HANDING_ON = {"debt": (10, True)}
ALWAYS = {"transfer_return": (5, True), "review": (30, False), "final_review": (30, False)}


def is_worked(day: date) -> bool:
    assert date(2026, 4, 1) <= day <= LAST_KNOWN, f"{day} is outside the days typed off"
    return day in WEEKEND_DAYS_WORKED or (day.isoweekday() <= 5 and day not in WEEKDAYS_OFF)


def on(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


@dataclass
class Counted:
    """One promised time as the history tells it."""

    kind: str
    days: int
    working: bool
    started_at: datetime
    pauses: list[tuple[date, date]] = field(default_factory=list)
    paused_on: date | None = None
    met_at: datetime | None = None
    stopped: bool = False

    @property
    def goes_on(self) -> bool:
        return self.met_at is None and not self.stopped

    @property
    def running(self) -> bool:
        return self.goes_on and self.paused_on is None

    def last_day(self) -> date:
        """Day after day: what counts is taken off; it ends on a worked day on which no pause goes on."""
        day, left = on(self.started_at), self.days
        while True:
            day += timedelta(days=1)
            stood_still = any(since < day <= until for since, until in self.pauses)
            if not stood_still and (is_worked(day) or not self.working):
                left -= 1
            waits = any(since <= day < until for since, until in self.pauses)
            if left <= 0 and is_worked(day) and not waits:
                return day

    def due_at(self) -> datetime:
        day = self.last_day()
        last = datetime(day.year, day.month, day.day, 23, 59, 59, 999_000, tzinfo=BEIJING)
        return last.astimezone(UTC)

    def verdict(self, now: datetime) -> str:
        if self.met_at is not None:
            return "late" if on(self.met_at) > self.last_day() else "met"
        if self.stopped:
            return "stopped"
        if self.paused_on is not None:
            return "paused"
        return "over" if on(now) > self.last_day() else "in time"


class Recount:
    """Reads a history from its first entry to its last."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self._first = True
        self.clocks: list[Counted] = []

    def read(self, history: tuple[HistoryEntry, ...]) -> list[Counted]:
        for place, entry in enumerate(history):
            self._first = entry.move not in {earlier.move for earlier in history[:place]}
            self._read_one(entry)
        return self.clocks

    def _read_one(self, entry: HistoryEntry) -> None:
        at, move = entry.at, entry.move
        if move in {"correct", "route"}:
            self.domain = entry.data.get("after", self.domain)
        match move:
            case "register":
                self._begin("accept", at)
            case "accept":
                self._meet(at, "accept")
                self._begin("handle", at)
                if self.domain in FROM_RECEIPT:
                    self._as_if_begun_with_receipt()
            case "propose_decline" if self.domain in DECLINE:
                self._begin("decline_notice", at)
            case "refuse_decline":
                self._stop("decline_notice")
            case "ask_supplement":
                if self._first and entry.before == "registered":
                    self._late("supplement_ask", ASKING, "accept", at)
                for clock in self._now("running"):
                    clock.paused_on = on(at)
            case "supplement" if entry.before == "awaiting_citizen":
                self._go_on(at)
            case "transfer":
                if self._first and self.domain in HANDING_ON:
                    self._late("transfer", HANDING_ON[self.domain], "handle", at)
                self._begin("transfer_return", at)
            case "accept_transfer" | "return_transfer":
                self._meet(at, "transfer_return")
                if move == "accept_transfer":
                    self._acceptance_anew(at)
            case "decide_dispute":
                self._stop("transfer_return")
                if entry.data["to"] != self._department(entry):
                    self._acceptance_anew(at)
            case "route":
                self._acceptance_anew(at)
            case "approve_extension":
                for clock in self._now("running"):
                    clock.days += entry.data["days"] if clock.kind == "handle" else 0
            case "answer":
                self._meet(at, "handle", "review", "final_review")
                self._stop()
            case "countersign_decline":
                self._meet(at, "accept", "decline_notice")
                self._stop()
            case "withdraw" | "close":
                self._stop()
            case "ask_review" | "ask_final_review":
                self._begin(move.removeprefix("ask_"), at)
            case "reopen":
                self._begin("handle", at)
        self._hold(entry)

    # -- whose the case is, which only a dispute needs to know ------------------------------------------
    _holder_department = ""

    def _department(self, entry: HistoryEntry) -> str:
        return self._holder_department

    def _hold(self, entry: HistoryEntry) -> None:
        if entry.move == "register":
            self._holder_department = entry.data["department"]
        elif entry.move in {"accept_transfer", "decide_dispute", "route", "ask_review", "ask_final_review"}:
            self._holder_department = entry.data["to"]

    # -- what an entry does to the clocks ---------------------------------------------------------------
    def _now(self, state: str) -> list[Counted]:
        return [clock for clock in self.clocks if getattr(clock, state)]

    def _begin(self, kind: str, at: datetime) -> None:
        own = {"accept": ACCEPT, "handle": HANDLE, "decline_notice": DECLINE}.get(kind, {})
        usual = {"accept": (15, False), "handle": (60, False)} | ALWAYS
        days, working = own[self.domain] if self.domain in own else usual[kind]
        self.clocks.append(Counted(kind, days, working, at))

    def _late(self, kind: str, within: tuple[int, bool], since: str, at: datetime) -> None:
        """What has to be done in time leaves a clock only when it was not."""
        begun = [clock for clock in self.clocks if clock.kind == since]
        if begun:
            done = Counted(kind, *within, begun[-1].started_at, met_at=at)
            self.clocks += [done] if done.verdict(at) == "late" else []

    def _as_if_begun_with_receipt(self) -> None:
        received = [clock for clock in self.clocks if clock.kind == "accept"][-1]
        self.clocks[-1].started_at = received.started_at
        self.clocks[-1].pauses = list(received.pauses)

    def _meet(self, at: datetime, *kinds: str) -> None:
        for clock in self._now("running"):
            if clock.kind in kinds:
                clock.met_at = at

    def _stop(self, *kinds: str) -> None:
        for clock in self._now("goes_on"):
            if not kinds or clock.kind in kinds:
                clock.stopped = True

    def _go_on(self, at: datetime) -> None:
        for clock in self._now("goes_on"):
            if clock.paused_on is not None:
                clock.pauses.append((clock.paused_on, on(at)))
                clock.paused_on = None

    def _acceptance_anew(self, at: datetime) -> None:
        """A new department has the whole time for accepting, if the case was not accepted yet."""
        waiting = [clock for clock in self._now("running") if clock.kind == "accept"]
        for clock in waiting:
            clock.stopped = True
        if waiting:
            self._begin("accept", at)
