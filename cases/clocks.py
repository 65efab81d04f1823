"""Clocks: the times a case was promised, their pauses and their colours.

Rules come from `time_limits.toml` (law and article for each); nothing here reads the time itself.
A due instant is always a pure function of start, length, extension, pauses and calendar, so it can be
computed anew when the calendar of a year arrives.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from cases import reasons
from cases.errors import IllegalMove, InvalidInput
from cases.instants import Instant, end_of, local_date
from cases.records import Record
from cases.rules.calendar import WorkCalendar
from cases.rules.time_limits import TimeLimit
from cases.vocabulary import ClockKind, Colour, Unit, WarningLevel
from cases.words import COLOUR_NAMES

AMBER_SHARE = 0.2
"""A clock turns amber when this share of its time is left."""
RIGHTS = frozenset({ClockKind.HEARING, ClockKind.OBJECTION_REVIEW_ASK, ClockKind.EVALUATION_SEE})
"""In which a subject may do something: it is reminded before the end, and nobody is late afterwards."""


class Pause(Record):
    """A finished pause: the clock stood still from one instant to the other."""

    since: Instant
    until: Instant


class Clock(Record):
    """One promised time. `due_at` is the last instant (end of the last day in Asia/Shanghai), aware UTC."""

    kind: ClockKind
    basis: str
    """Law and article the length comes from, as shown to people."""
    amount: int
    unit: Unit
    started_at: Instant
    due_at: Instant
    department: str | None = None
    paused_at: Instant | None = None
    paused_seconds: int = 0
    pauses: tuple[Pause, ...] = ()
    met_at: Instant | None = None
    stopped_at: Instant | None = None
    """Set when the clock ended without being met or missed (withdrawn, merged, transferred away)."""
    provisional: bool = False
    """The working-day calendar of a year it touches is not published yet (暂定)."""
    extended_days: int = 0
    warned: tuple[WarningLevel, ...] = ()
    """Each level once it was told."""

    @property
    def running(self) -> bool:
        return self.met_at is None and self.stopped_at is None and self.paused_at is None

    @property
    def ended(self) -> bool:
        return self.met_at is not None or self.stopped_at is not None


class Length(Protocol):
    """What a clock may be started with: a law's limit, or a term of the integrity side."""

    @property
    def kind(self) -> ClockKind: ...
    @property
    def basis(self) -> str: ...
    @property
    def amount(self) -> int: ...
    @property
    def unit(self) -> Unit: ...


class Extendable(Length, Protocol):
    @property
    def max_extension(self) -> int: ...


def start(limit: Length, at: datetime, calendar: WorkCalendar, department: str | None = None) -> Clock:
    """A running clock; the day of `at` (in China) does not count."""
    draft = Clock(
        kind=limit.kind,
        basis=limit.basis,
        amount=limit.amount,
        unit=limit.unit,
        started_at=at,
        due_at=at,
        department=department,
    )
    return _with_due(draft, calendar)


def pause(clock: Clock, at: datetime) -> Clock:
    """Stand still, such as while the citizen completes the papers. A paused clock stays paused."""
    _must_go_on(clock)
    if clock.paused_at is not None:
        return clock
    _must_not_precede(at, clock.pauses[-1].until if clock.pauses else clock.started_at)
    return clock.model_copy(update={"paused_at": at})


def resume(clock: Clock, at: datetime, calendar: WorkCalendar) -> Clock:
    """Go on with the time that was left: days by days, working days by working days."""
    _must_go_on(clock)
    if clock.paused_at is None:
        return clock
    _must_not_precede(at, clock.paused_at)
    ended = Pause(since=clock.paused_at, until=at)
    lasted = int((at - clock.paused_at).total_seconds())
    update = {
        "paused_at": None,
        "pauses": (*clock.pauses, ended),
        "paused_seconds": clock.paused_seconds + lasted,
    }
    return _with_due(clock.model_copy(update=update), calendar)


def meet(clock: Clock, at: datetime) -> Clock:
    """What was due has been done. The first time counts; the days of a pause are not held against it."""
    if clock.ended:
        return clock
    met = clock.model_copy(update={"met_at": at, "paused_at": None})
    if clock.paused_at is None or clock.paused_at > clock.due_at:
        return met
    stood_still = local_date(at) - local_date(clock.paused_at)
    ended = Pause(since=clock.paused_at, until=at)
    due_at = end_of(local_date(clock.due_at) + stood_still)
    return met.model_copy(update={"due_at": due_at, "pauses": (*clock.pauses, ended)})


def stop(clock: Clock, at: datetime) -> Clock:
    """End without verdict: withdrawn, merged, transferred away. A clock that was met stays met."""
    if clock.ended:
        return clock
    return clock.model_copy(update={"stopped_at": at, "paused_at": None})


def extend(clock: Clock, days: int, calendar: WorkCalendar, limit: Extendable, at: datetime) -> Clock:
    """Once, within the legal maximum, and before the time has run out."""
    _must_go_on(clock)
    if limit.kind != clock.kind or limit.unit is not clock.unit:
        raise InvalidInput(reasons.EXTENSION_OF_ANOTHER_RULE)
    if limit.max_extension == 0:
        raise IllegalMove(reasons.NO_EXTENSION, basis=limit.basis)
    if clock.extended_days:
        raise IllegalMove(reasons.EXTENDED_ALREADY)
    if not 1 <= days <= limit.max_extension:
        raise InvalidInput(reasons.EXTENSION_LENGTH, most=limit.max_extension)
    if clock.running and at > clock.due_at:
        raise IllegalMove(reasons.TOO_LATE_TO_EXTEND)
    longer = clock.model_copy(update={"extended_days": days, "warned": ()})
    return _with_due(longer, calendar)


def count_from(clock: Clock, earlier: Clock, calendar: WorkCalendar) -> Clock:
    """As if it had begun with the earlier one, with its pauses: for times that count from receipt."""
    begun = {name: getattr(earlier, name) for name in ("started_at", "pauses", "paused_seconds")}
    return _with_due(clock.model_copy(update=begun), calendar)


def days_left_to_extend(clock: Clock, limit: TimeLimit, at: datetime) -> int:
    """By how many of its units `extend` would still lengthen the clock; 0 when it would refuse."""
    same_rule = limit.kind == clock.kind and limit.unit is clock.unit
    if clock.ended or not same_rule or clock.extended_days or (clock.running and at > clock.due_at):
        return 0
    return limit.max_extension


def recompute(clock: Clock, calendar: WorkCalendar, limit: TimeLimit | None = None) -> Clock:
    """Compute a provisional clock anew; with a limit, also set right a length that was entered wrongly."""
    if clock.ended:
        return clock
    if limit is not None:
        rule = {"amount": limit.amount, "unit": limit.unit, "basis": limit.basis}
        return _with_due(clock.model_copy(update=rule), calendar)
    return _with_due(clock, calendar) if clock.provisional else clock


def is_late(clock: Clock, now: datetime) -> bool:
    """Whether the promise was broken: met too late, or still open after the last instant."""
    if clock.stopped_at is not None or clock.kind in RIGHTS:
        return False
    return _ran_out(clock, now)


def _ran_out(clock: Clock, now: datetime) -> bool:
    return (clock.met_at or clock.paused_at or now) > clock.due_at


def amber_at(clock: Clock, share: float = AMBER_SHARE) -> datetime:
    """From this instant on the time is nearly over."""
    given = clock.due_at - clock.started_at - timedelta(seconds=clock.paused_seconds)
    return max(clock.due_at - max(given, timedelta()) * share, clock.started_at)


def colour(clock: Clock, now: datetime, share: float = AMBER_SHARE) -> Colour:
    """late = done, but too late; red = not done and the time is over; over = a right that has run out."""
    if clock.kind in RIGHTS and clock.stopped_at is None and _ran_out(clock, now):
        return Colour.OVER
    if clock.met_at is not None:
        return Colour.LATE if is_late(clock, now) else Colour.MET
    if clock.stopped_at is not None:
        return Colour.STOPPED
    if clock.paused_at is not None:
        return Colour.PAUSED
    if now > clock.due_at:
        return Colour.RED
    return Colour.AMBER if now >= amber_at(clock, share) else Colour.GREEN


def levels_left(clock: Clock) -> frozenset[WarningLevel]:
    """The levels that were not told yet; none once the clock stands still or has ended."""
    return frozenset(WarningLevel) - set(clock.warned) if clock.running else frozenset()


def level_to_tell(clock: Clock, now: datetime) -> WarningLevel | None:
    """How pressing a running clock has become, as long as that was not told; a right that is over is red."""
    shown = colour(clock, now)
    if shown is Colour.OVER:
        shown = Colour.RED
    return next((level for level in levels_left(clock) if Colour(level) is shown), None)


def words(clock: Clock, now: datetime) -> str:
    """The state in a few Chinese words, by dates in China."""
    shown = colour(clock, now)
    if shown is Colour.LATE and clock.met_at is not None:
        return f"已完成，超期{(local_date(clock.met_at) - local_date(clock.due_at)).days}天"
    if clock.ended or shown in {Colour.PAUSED, Colour.OVER}:
        return COLOUR_NAMES[shown]
    return days_left(clock.due_at, now) + ("（暂定）" if clock.provisional else "")


def days_left(due_at: datetime, now: datetime) -> str:
    """已超期3天, 今天到期, 剩余5天: by dates in China, on every page alike."""
    left = (local_date(due_at) - local_date(now)).days
    if left < 0:
        return f"已超期{-left}天"
    if left == 0:
        return "今天到期" if due_at >= now else "今天已到期"
    return f"剩余{left}天"


def _must_go_on(clock: Clock) -> None:
    if clock.ended:
        raise IllegalMove(reasons.CLOCK_ENDED)


def _must_not_precede(at: datetime, earlier: datetime) -> None:
    if at < earlier:
        raise InvalidInput(reasons.BEFORE_LAST_STEP)


def _with_due(clock: Clock, calendar: WorkCalendar) -> Clock:
    count = _count_working if clock.unit is Unit.WORKING_DAY else _count_calendar
    day, provisional = count(clock, calendar)
    return clock.model_copy(update={"due_at": end_of(day), "provisional": provisional})


def _pause_dates(clock: Clock) -> list[tuple[date, date]]:
    return [(local_date(p.since), local_date(p.until)) for p in clock.pauses]


def _count_calendar(clock: Clock, calendar: WorkCalendar) -> tuple[date, bool]:
    """Each pause moves the last day by as many days as it lasted, unless the time was over before it."""
    nominal = local_date(clock.started_at) + timedelta(days=clock.amount + clock.extended_days)
    for since, until in _pause_dates(clock):
        if since > calendar.roll_on(nominal)[0]:
            break
        nominal = max(nominal, since) + (until - since)
    return calendar.roll_on(nominal)


def _count_working(clock: Clock, calendar: WorkCalendar) -> tuple[date, bool]:
    """The day a pause begins still counts, the day it ends does not: like a start day."""
    left, day = clock.amount + clock.extended_days, local_date(clock.started_at)
    for since, until in _pause_dates(clock):
        if since > calendar.add_working_days(day, left)[0]:
            break
        left = max(left - calendar.working_days_between(day, since), 0)
        day = until
    return calendar.add_working_days(day, left)
