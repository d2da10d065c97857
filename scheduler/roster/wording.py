"""What each rule is called when it keeps people from a shift."""

from rules.text import Text
from scheduler.assignment.problem import Titles
from scheduler.assignment.wording import titled
from scheduler.roster.problem import Limit, RosterPost

ORDER = (
    "wrong-site",
    "no-role",
    "no-qualification",
    "blocked",
    "absent",
    "pinned",
    "on-shift",
    "overlap",
    "apart",
    "not-with",
    "rest-hours",
    "day-hours",
    "week-hours",
    "week-hours-average",
    "weekly-rest",
    "weekly-rest-hours",
    "days-in-a-row",
    "nights-in-a-row",
    "night-shifts",
)

_PLAIN = {
    "wrong-site": Text(zh="不属于该场所", en="not of the site"),
    "blocked": Text(zh="当天停排", en="blocked that day"),
    "absent": Text(zh="请假", en="on leave"),
    "pinned": Text(zh="当天已定不变", en="settled otherwise that day"),
    "on-shift": Text(zh="当天已有班次", en="on another shift that day"),
    "overlap": Text(zh="与相邻班次重叠", en="on an overlapping shift"),
    "apart": Text(zh="须与当班人员分开", en="kept apart from who stands it"),
    "not-with": Text(zh="须有搭班人同班", en="only with a companion who does not stand it"),
}


def stop_text(code: str, post: RosterPost, *, limit: Limit | None, titles: Titles) -> Text:
    """Say what keeps someone from a shift of *post*, with the clause of a legal limit."""
    if code in _PLAIN:
        return _PLAIN[code]
    if code == "no-role":
        role = titled(post.roles, titles.roles, any_of=True)
        return Text(zh=f"不任岗位“{role.zh}”", en=f"not in the role {role.en}")
    if code == "no-qualification":
        held = titled(post.qualifications, titles.certificates)
        return Text(zh=f"没有有效的“{held.zh}”", en=f"without a valid {held.en}")
    return limit_text(code, limit)


def limit_text(code: str, limit: Limit | None) -> Text:
    """Say which limit one more shift would break."""
    figure = f"{limit.value:g}" if limit else ""
    weeks = limit.weeks if limit else ""
    words = {
        "rest-hours": Text(
            zh=f"两班之间休息不足 {figure} 小时", en=f"with less than {figure} h of rest"
        ),
        "day-hours": Text(
            zh=f"该班超过每日 {figure} 小时", en=f"on at most {figure} h a day, which it exceeds"
        ),
        "week-hours": Text(
            zh=f"再排将超过每周 {figure} 小时", en=f"at the limit of {figure} h a week"
        ),
        "week-hours-average": Text(
            zh=f"再排将超过 {weeks} 周内平均每周 {figure} 小时",
            en=f"at the limit of {figure} h a week on average over {weeks} weeks",
        ),
        "weekly-rest-hours": Text(
            zh=f"该周没有连续 {figure} 小时的休息",
            en=f"due {figure} h of rest in one piece that week",
        ),
        "weekly-rest": Text(zh=f"每周须休息 {figure} 日", en=f"due {figure} rest day(s) that week"),
        "days-in-a-row": Text(
            zh=f"再排将连续工作超过 {figure} 天", en=f"at the limit of {figure} days in a row"
        ),
        "nights-in-a-row": Text(
            zh=f"再排将连续夜班超过 {figure} 个", en=f"at the limit of {figure} nights in a row"
        ),
        "night-shifts": Text(zh="不得排夜班", en="not allowed nights")
        if limit and limit.value == 0
        else Text(zh=f"夜班已满 {figure} 个", en=f"at the limit of {figure} nights"),
    }
    text = words[code]
    if limit is None or limit.clause is None:
        return text
    return Text(zh=f"{text.zh}（{limit.clause.zh}）", en=f"{text.en} ({limit.clause.en})")
