"""Staffing truths as tables."""

from collections.abc import Iterable

from inspections.person_titles import person_titles
from inspections.staffing import Truths
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.staffing.absences import Away
from scheduler.staffing.mix import Seat, mix, seats
from web.cli.output import say
from web.cli.staffing_post_tables import PostTables, limited_table

_WHEN = {
    "mon": Text(zh="周一", en="Mondays"),
    "tue": Text(zh="周二", en="Tuesdays"),
    "wed": Text(zh="周三", en="Wednesdays"),
    "thu": Text(zh="周四", en="Thursdays"),
    "fri": Text(zh="周五", en="Fridays"),
    "sat": Text(zh="周六", en="Saturdays"),
    "sun": Text(zh="周日", en="Sundays"),
    "week": Text(zh="整周", en="a whole week"),
    "always": Text(zh="整个期间", en="all the time"),
}
_PERSON = Text(zh="人员", en="Person")
_CHECKS = Text(zh="检查项次", en="Checks")


def print_truths(truths: Truths, organisation: Organisation, rulebook: RuleBook) -> None:
    """Print the least staff, who cannot be spared, and which certificates end."""
    shown = _Tables(truths, organisation, rulebook)
    shown.least()
    shown.impossible()
    if truths.posts:
        PostTables(truths, truths.posts, organisation).print()
    shown.away()
    shown.expiring()


class _Tables:
    def __init__(self, truths: Truths, organisation: Organisation, rulebook: RuleBook) -> None:
        self._truths, self._rulebook = truths, rulebook
        self._names = {person.id: say(person.name) for person in organisation.people}
        self._titles = person_titles()

    def least(self) -> None:
        truths, least = self._truths, self._truths.least
        found = seats(truths.demand.problem, least)
        question, total = truths.question, len(truths.demand.problem.workers)
        proved = Text(zh="已证明不能再少", en="proved: fewer do not do")
        if not least.is_proved:
            bound = least.bound.people
            proved = Text(zh=f"至少 {bound} 人", en=f"at least {bound} are needed")
        cost = least.cost
        title = Text(
            zh=f"{question.since} 至 {question.until}：最少 {cost.people} 人（{say(proved)}）；"
            f"现有 {total} 人，须招 {cost.hires} 人，须新取 {cost.training} 张证，"
            f"须在工作日外到岗 {cost.days} 天",
            en=f"{question.since} to {question.until}: {cost.people} people at the least "
            f"({say(proved)}); {total} there, {cost.hires} to hire, "
            f"{cost.training} new certificates, {cost.days} days beside the working week",
        )
        columns = (_PERSON, Text(zh="岗位", en="Roles"), Text(zh="证书", en="Certificates"),
                   _CHECKS, Text(zh="分钟", en="Minutes"),
                   Text(zh="班次", en="Shifts"))  # fmt: skip
        rows = [
            (self._seat(seat), self._roles(seat.roles), self._kinds(seat.certificates),
             str(seat.checks), str(seat.minutes), str(seat.shifts or ""))
            for seat in found
        ]  # fmt: skip
        limited_table(title, columns, rows)
        sorts = [
            (self._roles(each.roles), self._kinds(each.certificates), str(each.count))
            for each in mix(found)
        ]
        limited_table(
            Text(zh="人员构成", en="Mix"), (*columns[1:3], Text(zh="人数", en="People")), sorts
        )

    def impossible(self) -> None:
        rows = self._falling(self._truths.least.impossible)
        title = Text(zh="招人也做不了的检查", en="Checks that nobody could do, hired or not")
        limited_table(
            title, (Text(zh="规则", en="Rule"), Text(zh="对象", en="Target"), _CHECKS), rows
        )

    def away(self) -> None:
        columns = (
            _PERSON,
            Text(zh="缺勤", en="Away on"),
            Text(zh="有落空", en="Something falls"),
            _CHECKS,
            Text(zh="最多时落空的职责", en="Duties that fall at the worst"),
        )
        rows = [
            (
                self._names[each.person],
                say(_WHEN[each.when]),
                f"{each.times}/{each.of}",
                _at_least(each),
                self._duties(each.fall.tasks),
            )
            for each in self._truths.away
        ]
        limited_table(
            Text(zh="少了谁，什么落空", en="Whose absence makes duties fall"), columns, rows
        )

    def expiring(self) -> None:
        columns = (
            _PERSON,
            Text(zh="证书", en="Certificate"),
            Text(zh="有效至", en="Until"),
            Text(zh="其余持证", en="Others hold it"),
            Text(zh="此后要用", en="Asked for after"),
            Text(zh="单独落空", en="Falls alone"),
            Text(zh="同类都不换则落空", en="Falls together"),
            Text(zh="从哪天起", en="From"),
        )
        rows = [
            (
                self._names[each.person],
                self._kinds((each.kind,)),
                each.until.isoformat(),
                str(len(each.left)),
                str(each.asked),
                str(each.fall.checks),
                str(each.together.checks),
                each.since.isoformat() if each.since else "—",
            )
            for each in self._truths.expiring
        ]
        limited_table(Text(zh="期内到期的证书", en="Certificates that end"), columns, rows)

    def _seat(self, seat: Seat) -> str:
        candidate = seat.candidate
        if candidate.hired:
            return say(Text(zh="新聘", en="to hire"))
        name = self._names[candidate.person]
        if candidate.trained:
            kinds = self._kinds(candidate.trained)
            name += say(Text(zh=f"（须取 {kinds}）", en=f" (to get {kinds})"))
        if candidate.extra:
            days = ", ".join(day.isoformat() for day in candidate.extra)
            name += say(Text(zh=f"（须加班 {days}）", en=f" (to come on {days})"))
        return name

    def _duties(self, tasks: Iterable[str]) -> str:
        rows = self._falling(tasks)
        lines = [f"{rule} · {target}" for rule, target, _ in rows[:3]]
        if len(rows) > 3:
            more = len(rows) - 3
            lines.append(say(Text(zh=f"另有 {more} 项", en=f"{more} more")))
        return "\n".join(lines)

    def _falling(self, tasks: Iterable[str]) -> list[tuple[str, str, str]]:
        counts: dict[tuple[str, str], int] = {}
        for task in tasks:
            for check in self._truths.demand.checks[task]:
                key = (check.rule, check.target)
                counts[key] = counts.get(key, 0) + 1
        return [
            (say(self._rulebook.rule(rule).title), target, str(count))
            for (rule, target), count in sorted(counts.items(), key=lambda each: -each[1])
        ]

    def _roles(self, roles: Iterable[str]) -> str:
        titles = self._titles.roles
        named = [say(titles[role]) if role in titles else role for role in roles]
        return " / ".join(named) or say(Text(zh="任何人", en="anybody"))

    def _kinds(self, kinds: Iterable[str]) -> str:
        titles = self._titles.certificates
        return say(Text(zh="、", en=", ")).join(
            say(titles[kind]) if kind in titles else kind for kind in kinds
        )


def _at_least(each: Away) -> str:
    return f"{'' if each.fall.is_exact else '≥'}{each.fall.checks}"
