"""The sheets of an organisation's workbook: which list each holds, and what its columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rules.text import Text

Kind = Literal["text", "list", "date", "time", "number", "boolean", "instant"]


@dataclass(frozen=True)
class Column:
    """
    One column.

    Attributes:
        key: Path in the item, for example `name.zh`; also admitted as header.
    """

    key: str
    title: Text
    kind: Kind = "text"

    @property
    def header(self) -> str:
        """What stands in the first row."""
        return f"{self.title.zh} / {self.title.en}"


@dataclass(frozen=True)
class Sheet:
    """
    One sheet: the items of one list of the organisation, a row each.

    Attributes:
        key: English name; the tab shows both languages.
        parents: Lists to go down, each with the column that names the item in it.
        inner: Where the list stands in the last parent.
    """

    key: str
    title: Text
    columns: tuple[Column, ...]
    parents: tuple[tuple[str, str], ...] = ()
    inner: tuple[str, ...] = ()

    @property
    def tab(self) -> str:
        """What stands on the tab."""
        return f"{self.title.zh} {self.key}"

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """The columns that belong to the item, without those that name its parents."""
        return self.columns[len(self.parents) :]


def _column(key: str, zh: str, en: str, kind: Kind = "text") -> Column:
    return Column(key, Text(zh=zh, en=en), kind)


def _both(key: str, zh: str, en: str) -> tuple[Column, Column]:
    return (
        _column(f"{key}.zh", f"{zh}（中文）", f"{en} (Chinese)"),
        _column(f"{key}.en", f"{zh}（英文）", f"{en} (English)"),
    )


_ID = _column("id", "编号", "Id")
_NAME = _both("name", "名称", "Name")
_SITE = _column("site", "场所编号", "Site id")
_PERSON = _column("person", "人员编号", "Person id")
_REASON = _both("reason", "原因", "Reason")
_NOTE = _both("note", "说明", "Note")
_FROM = _column("from", "开始", "From", "date")
_UNTIL = _column("until", "结束", "Until", "date")
_ON = _column("on", "日期", "Date", "date")
_OPENS = _column("opens", "开门", "Opens", "time")
_CLOSES = _column("closes", "关门", "Closes", "time")
_ORIGIN = _column("origin", "导入来源", "Imported from")
_KEEPER = _column("keeper", "保管人", "Keeper")
_ROLES = _column("roles", "岗位", "Roles", "list")
_QUALIFICATIONS = _column("qualifications", "所需证书", "Certificates needed", "list")
_RULE = _column("rule", "规则", "Rule")
_WAY = (
    _column("from", "起点", "From"),
    _column("to", "终点", "To"),
    _column("minutes", "分钟", "Minutes", "number"),
)
_OF_SITE = (("sites", "site"),)
_OF_PERSON = (("people", "person"),)


def _sheet(
    key: str,
    zh: str,
    columns: Iterable[Column],
    *,
    parents: tuple[tuple[str, str], ...] = (),
    inner: tuple[str, ...] = (),
) -> Sheet:
    return Sheet(key, Text(zh=zh, en=key), tuple(columns), parents, inner or (key,))


ORGANISATION = Sheet(
    "organisation",
    Text(zh="单位", en="organisation"),
    (
        _ID,
        *_NAME,
        _column("time_zone", "时区", "Time zone"),
        _column("country", "国家", "Country"),
        _column("packs", "单位规则包", "House packs", "list"),
        _column("most_running", "同一部位最多连续天数", "Most days running at a place", "number"),
    ),
)
FACTS = Sheet(
    "facts",
    Text(zh="事实", en="facts"),
    (
        _column("kind", "对象种类", "Kind of target"),
        _SITE,
        _column("id", "对象编号", "Target id"),
        _column("fact", "事实", "Fact"),
        _column("value", "值", "Value"),
    ),
)
LISTS: tuple[Sheet, ...] = (
    _sheet(
        "sites",
        "场所",
        (
            _ID,
            *_NAME,
            _column("calendar.public_holidays", "公共假期", "Public holidays"),
            _column("calendar.night_from", "夜间开始", "Night from", "time"),
            _column("calendar.night_until", "夜间结束", "Night until", "time"),
            _column("order", "巡查顺序（部位编号）", "Order of rounds (place ids)", "list"),
        ),
    ),
    _sheet(
        "opening",
        "开放时间",
        (_SITE, _column("days", "星期", "Weekdays", "list"), _OPENS, _CLOSES),
        parents=_OF_SITE,
        inner=("calendar", "opening"),
    ),
    _sheet(
        "closed",
        "闭馆日",
        (_SITE, _FROM, _UNTIL, *_REASON, _ORIGIN),
        parents=_OF_SITE,
        inner=("calendar", "closed"),
    ),
    _sheet(
        "extra",
        "加开日",
        (_SITE, _ON, _OPENS, _CLOSES, *_REASON, _ORIGIN),
        parents=_OF_SITE,
        inner=("calendar", "extra"),
    ),
    _sheet(
        "terms",
        "学期",
        (_SITE, _ID, *_NAME, _FROM, _UNTIL, _ORIGIN),
        parents=_OF_SITE,
        inner=("calendar", "terms"),
    ),
    _sheet(
        "exams",
        "考试",
        (_SITE, _FROM, _UNTIL, *_REASON, _ORIGIN),
        parents=_OF_SITE,
        inner=("calendar", "exams"),
    ),
    _sheet(
        "meals",
        "供餐",
        (_SITE, _column("meal", "餐次", "Meal"), _column("at", "时间", "At", "time")),
        parents=_OF_SITE,
        inner=("calendar", "meals"),
    ),
    _sheet("places", "部位", (_SITE, _ID, *_NAME, _KEEPER), parents=_OF_SITE),
    _sheet(
        "assets",
        "设备",
        (
            _SITE,
            _ID,
            *_NAME,
            _column("place", "部位编号", "Place id"),
            _KEEPER,
            _column("maintainer", "维护人", "Maintainer"),
        ),
        parents=_OF_SITE,
    ),
    _sheet("travel", "路上用时", (_SITE, *_WAY), parents=_OF_SITE),
    _sheet("travel-between-sites", "场所间路程", _WAY, inner=("travel",)),
    _sheet(
        "posts",
        "值守岗位",
        (_SITE, _ID, *_NAME, _QUALIFICATIONS, _ROLES, _column("days", "值守日", "Days")),
        parents=_OF_SITE,
    ),
    _sheet(
        "shifts",
        "班次",
        (
            _SITE,
            _column("post", "岗位编号", "Post id"),
            _column("code", "代码", "Code"),
            *_NAME,
            _column("since", "开始", "Since", "time"),
            _column("until", "结束", "Until", "time"),
            _column("minimum", "至少人数", "Minimum", "number"),
            _column("preferred", "期望人数", "Preferred", "number"),
            _column("maximum", "最多人数", "Maximum", "number"),
            _column("working_minutes", "计时分钟", "Minutes that count as work", "number"),
        ),
        parents=(*_OF_SITE, ("posts", "post")),
    ),
    _sheet(
        "people",
        "人员",
        (
            _ID,
            *_NAME,
            _column("sites", "场所编号", "Site ids", "list"),
            _ROLES,
            _column("team", "班组", "Team"),
            _column("minutes_per_day", "每日检查分钟", "Minutes per day", "number"),
            _column("works", "工作日", "Works", "list"),
            *_both("employer", "用人单位", "Employer"),
            _column("email", "电子邮箱", "E-mail"),
            _column("prefers", "偏好部位编号", "Ids of preferred places", "list"),
        ),
    ),
    _sheet(
        "qualifications",
        "证书",
        (
            _PERSON,
            _column("kind", "种类", "Kind"),
            _column("number", "证号", "Number"),
            _FROM,
            _UNTIL,
        ),
        parents=_OF_PERSON,
    ),
    _sheet("absences", "缺勤", (_PERSON, _FROM, _UNTIL, *_REASON), parents=_OF_PERSON),
    _sheet(
        "events",
        "事件",
        (
            _ID,
            _SITE,
            _column("target", "对象编号", "Target id"),
            _column("kind", "种类", "Kind"),
            _column("at", "时间", "At", "instant"),
            _column("until", "结束时间", "Until", "instant"),
            *_NOTE,
        ),
    ),
    _sheet(
        "decisions",
        "适用决定",
        (
            _RULE,
            _SITE,
            _column("applies", "是否适用", "Applies", "boolean"),
            *_NOTE,
            _column("by", "决定人", "By"),
            _ON,
        ),
    ),
    _sheet("performed", "已完成", (_RULE, _column("target", "对象", "Target"), _ON)),
)
TARGETS: dict[str, tuple[str, ...]] = {
    "site": ("sites",),
    "place": ("sites", "places"),
    "asset": ("sites", "assets"),
    "post": ("sites", "posts"),
    "person": ("people",),
    "event": ("events",),
}
