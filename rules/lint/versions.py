"""Versions of a rule: in order, without overlap, with a cadence where it makes occurrences."""

from collections.abc import Iterator
from itertools import pairwise

from rules.cadence import OnEvent, Periodic, TimesADay
from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.pack import DATED_KINDS, Rule, RuleVersion
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is wrong with the versions of *rule*."""
    for index, (earlier, later) in enumerate(pairwise(rule.versions), start=1):
        yield from _order(index, earlier, later)
    for index, version in enumerate(rule.versions):
        here: Location = ("versions", index)
        if version.until is not None and version.until < version.since:
            yield Complaint(
                (*here, "until"),
                Text(zh="结束日早于开始日。", en="It ends before it begins."),
                Text(zh="请改正 from 或 until。", en="Correct from or until."),
            )
        yield from _cadence(rule, version, here)
    if rule.concludes is None and rule.kind == "coverage":
        for index, version in enumerate(rule.versions):
            if version.coverage is None:
                yield Complaint(
                    ("versions", index, "coverage"),
                    Text(zh="coverage 类规则缺少 coverage。", en="A coverage rule needs coverage."),
                    Text(
                        zh="请写岗位和人数，或改 kind。",
                        en="Write post and minimum, or change the kind.",
                    ),
                )


def _order(index: int, earlier: RuleVersion, later: RuleVersion) -> Iterator[Complaint]:
    here: Location = ("versions", index, "from")
    if later.since <= earlier.since:
        yield Complaint(
            here,
            Text(
                zh="版本没有按日期先后排列。",
                en="The versions are not in the order of their dates.",
            ),
            Text(
                zh="请由早到晚排列，日期不得重复。",
                en="Put them from early to late, each date once.",
            ),
        )
    elif earlier.until is not None and earlier.until >= later.since:
        yield Complaint(
            here,
            Text(
                zh=f"与上一版本重叠（至 {earlier.until}）。",
                en=f"It overlaps the version before, which ends on {earlier.until}.",
            ),
            Text(
                zh="请改上一版本的 until，或删去它。",
                en="Correct the until of the version before, or remove it.",
            ),
        )


def _cadence(rule: Rule, version: RuleVersion, here: Location) -> Iterator[Complaint]:
    needs = rule.kind in DATED_KINDS
    if needs and version.cadence is None:
        yield Complaint(
            (*here, "cadence"),
            Text(
                zh=f"{rule.kind} 类规则缺少周期 cadence。",
                en=f"A rule of kind {rule.kind} needs a cadence.",
            ),
            Text(zh="请写 cadence，或改 kind。", en="Write a cadence, or change the kind."),
        )
    if not needs and version.cadence is not None:
        yield Complaint(
            (*here, "cadence"),
            Text(
                zh=f"{rule.kind} 类规则不产生任务，不能有周期。",
                en=f"A rule of kind {rule.kind} makes no occurrences and has no cadence.",
            ),
            Text(
                zh="请改 kind 为 duty 或 event，或删去 cadence。",
                en="Make it a duty or event, or remove the cadence.",
            ),
        )
    cadence = version.cadence
    if isinstance(cadence, Periodic):
        yield from _periodic(cadence, (*here, "cadence"))
    if isinstance(cadence, TimesADay):
        yield from _times_a_day(cadence, (*here, "cadence"))
    if isinstance(cadence, OnEvent):
        yield from _event(cadence, (*here, "cadence"))


def _times_a_day(cadence: TimesADay, here: Location) -> Iterator[Complaint]:
    spans = len(cadence.spans)
    if spans and cadence.times % spans:
        yield Complaint(
            (*here, "spans"),
            Text(
                zh=f"{cadence.times} 次不能平均分到 {spans} 个时段。",
                en=f"{cadence.times} times cannot be shared equally by {spans} spans.",
            ),
            Text(
                zh="请让 times 等于时段数或其倍数。",
                en="Let times be the number of spans, or a multiple of it.",
            ),
        )


def _event(cadence: OnEvent, here: Location) -> Iterator[Complaint]:
    if cadence.within.unit == "immediately":
        if cadence.when == "before":
            yield Complaint(
                (*here, "within"),
                Text(zh="“立即”只能在事件之后。", en='"Immediately" stands only after an event.'),
                Text(zh="请写明提前多久。", en="Write how long before it."),
            )
    elif cadence.within.unit != "same-day" and not cadence.within.amount:
        yield Complaint(
            (*here, "within"),
            Text(zh="期限为零，一到就算漏检。", en="A window of no length is missed at once."),
            Text(
                zh="请写 amount，或 unit: immediately。", en="Write amount, or unit: immediately."
            ),
        )


def _periodic(cadence: Periodic, here: Location) -> Iterator[Complaint]:
    if cadence.every > 1 and cadence.phase_on is None:
        yield Complaint(
            (*here, "phase_on"),
            Text(
                zh="每隔几个周期一次，却不知从哪个周期算起。",
                en="Every few periods, but counted from which one?",
            ),
            Text(
                zh="请写 phase_on：第一个周期内的某一天。",
                en="Write phase_on: a day inside the first period.",
            ),
        )
    on = cadence.on
    if on is None:
        return
    if on.day == 0 or (on.nth is not None and on.weekday is None):
        yield Complaint(
            (*here, "on"),
            Text(zh="到期日写法无效。", en="This due day does not exist."),
            Text(
                zh="day 为 1 至 31 或 -1；nth 要配 weekday。",
                en="Write day as 1 to 31 or -1, and nth with a weekday.",
            ),
        )
