"""How often, on which days, in which window: which of two demands asks for more."""

from collections.abc import Iterator

from rules.cadence import (
    Cadence,
    Count,
    Interval,
    MaxGap,
    OnEvent,
    Periodic,
    PerMeal,
    PerTerm,
    RandomDraw,
    TimesADay,
)
from rules.cadence_words import version_text
from rules.pack import RuleVersion
from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, about, worded

# Days in a period, only to tell which of two cadences asks for more.
_DAYS = {
    "day": 1,
    "week": 7,
    "half-month": 15,
    "month": 30,
    "quarter": 91,
    "half-year": 182,
    "year": 365,
    "term": 140,
}
_MINUTES = {"minute": 1, "hour": 60}
# From the day-off policy that brings a due day forward to the one that drops it.
_DAY_OFF = ("before", "keep", "after", "skip")
_A_WEEK = 7


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare cadence, days, day-off policy, anchor, window and grace."""
    ours, theirs = upper.version, lower.version
    if theirs.cadence is not None:
        yield from _cadence(ours, theirs)
        yield from _days(ours, theirs)
        yield from _window(ours, theirs)
    if about(ours.grace) != about(theirs.grace):
        words = Text(
            zh=f"宽限 {worded(ours.grace).zh}，下层为 {worded(theirs.grace).zh}",
            en=f"its grace is {worded(ours.grace).en}, below it is {worded(theirs.grace).en}",
        )
        yield Point(("grace",), words, looser=about(ours.grace) > about(theirs.grace))


def _cadence(ours: RuleVersion, theirs: RuleVersion) -> Iterator[Point]:
    mine, below = ours.cadence, theirs.cadence
    if mine is None or below is None:
        yield Point(("cadence",), Text(zh="没有周期", en="it has no cadence"))
        return
    verdict = _by_family(mine, below)
    if verdict is None:
        gaps = _gap(mine), _gap(below)
        verdict = _sign(gaps[0], gaps[1]) if gaps[0] and gaps[1] else "unlike"
    if verdict == "unlike":
        words = Text(
            zh="周期的种类不同，无法证明不低于下层（两条规则可各自适用，请删去 tightens）",
            en="its cadence is of another kind, so that it cannot be shown to ask for as much "
            "(without tightens both rules bind side by side)",
        )
        yield Point(("cadence",), words)
    elif verdict != "same":
        yield Point(("cadence",), _cadence_words(ours, theirs), looser=verdict == "looser")


def _cadence_words(ours: RuleVersion, theirs: RuleVersion) -> Text:
    mine, below = version_text(ours), version_text(theirs)
    if mine is None or below is None:
        return Text(zh="周期不同", en="it is due at other times")
    return Text(
        zh=f"周期为“{mine.zh}”，下层为“{below.zh}”",
        en=f'it is due "{mine.en}", below it is "{below.en}"',
    )


def _by_family(mine: Cadence, below: Cadence) -> str | None:
    """Compare two cadences of one kind that a gap in days does not measure; nothing for others."""
    match mine, below:
        case OnEvent(), OnEvent():
            same = (mine.event, mine.when) == (below.event, below.when)
            return _sign(about(mine.within), about(below.within)) if same else "unlike"
        case PerMeal(), PerMeal():
            return _meals(mine, below)
        case PerTerm(), PerTerm():
            return _terms(mine, below)
        case Interval(), Interval() if mine.within not in {"all-day", below.within}:
            return "unlike"
    return None


def _terms(mine: PerTerm, below: PerTerm) -> str:
    if mine.when != below.when:
        return "unlike"
    if mine.times != below.times or mine.when == "spread":
        return _sign(below.times, mine.times)
    return _sign(mine.within_days, below.within_days)


def _meals(mine: PerMeal, below: PerMeal) -> str:
    wanted = set(below.meals)
    dropped = bool(mine.meals) and (not wanted or not wanted <= set(mine.meals))
    wider = about(mine.due_after) > about(below.due_after)
    if dropped or wider or about(mine.opens_before) > about(below.opens_before):
        return "looser"
    return "same" if mine == below else "tighter"


def _sign(mine: float, below: float) -> str:
    if mine == below:
        return "same"
    return "looser" if mine > below else "tighter"


def _gap(cadence: Cadence | None) -> float | None:
    """Return about how many days lie between two due dates; nothing where days do not tell."""
    gap: float | None = None
    match cadence:
        case Interval(every=every, unit=unit):
            gap = every * _MINUTES[unit] / (24 * 60)
        case TimesADay(times=times):
            gap = 1 / times
        case Periodic(every=every, unit=unit):
            gap = every * _DAYS[unit]
        case MaxGap(days=days):
            gap = days
        case Count(times=times, per=per) | RandomDraw(times=times, per=per):
            gap = _DAYS[per] / times
        case PerTerm(times=times, when="spread"):
            gap = _DAYS["term"] / times
    return gap


def _days(ours: RuleVersion, theirs: RuleVersion) -> Iterator[Point]:
    """On which days matters to what is due several times a week; a day off to everything."""
    gaps = _gap(ours.cadence), _gap(theirs.cadence)
    often = any(gap is not None and gap < _A_WEEK for gap in gaps)
    if often and ours.days not in {"every", theirs.days}:
        yield Point(
            ("days",),
            Text(
                zh=f"只在 {ours.days} 日计，下层在 {theirs.days} 日计",
                en=f"it counts on {ours.days} days, below on {theirs.days} days",
            ),
        )
    if _DAY_OFF.index(ours.day_off) > _DAY_OFF.index(theirs.day_off):
        yield Point(
            ("day_off",),
            Text(
                zh=f"逢休息日为 {ours.day_off}，下层为 {theirs.day_off}，会晚于下层",
                en=f"on a day off it is {ours.day_off}, below {theirs.day_off}: it falls later",
            ),
        )
    if ours.anchor == "completion" and theirs.anchor == "fixed" and gaps[0] == gaps[1]:
        yield Point(
            ("anchor",),
            Text(
                zh="从上次完成起算，下层为固定日期",
                en="it counts from the last completion, below the dates are fixed",
            ),
        )


def _window(ours: RuleVersion, theirs: RuleVersion) -> Iterator[Point]:
    mine, below = ours.window, theirs.window
    if below is None:
        return
    if below.due is not None and (mine is None or mine.due is None or mine.due > below.due):
        yield Point(
            ("window", "due"),
            Text(zh=f"当日截止晚于 {below.due:%H:%M}", en=f"it falls due after {below.due:%H:%M}"),
        )
    if below.opens is not None and (mine is None or mine.opens is None or mine.opens < below.opens):
        yield Point(
            ("window", "opens"),
            Text(zh=f"当日开始早于 {below.opens:%H:%M}", en=f"it opens before {below.opens:%H:%M}"),
        )
