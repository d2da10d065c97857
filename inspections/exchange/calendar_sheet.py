"""The sheet of a term calendar: its columns and what may stand in them."""

from inspections.exchange.sheets import Column, Sheet
from rules.text import Text

CALENDAR_NAME = "校历 / term calendar"
CALENDAR = Sheet(
    "calendar",
    Text(zh="校历", en="calendar"),
    (
        Column("kind", Text(zh="种类", en="Kind")),
        Column("name.zh", Text(zh="名称（中文）", en="Name (Chinese)")),
        Column("name.en", Text(zh="名称（英文）", en="Name (English)")),
        Column("from", Text(zh="开始", en="From"), "date"),
        Column("until", Text(zh="结束", en="Until"), "date"),
        Column("opens", Text(zh="开门", en="Opens"), "time"),
        Column("closes", Text(zh="关门", en="Closes"), "time"),
        Column("weekday", Text(zh="按周几", en="Hours of weekday")),
        Column("site", Text(zh="场所", en="Site")),
        Column("id", Text(zh="编号", en="Id")),
        Column("cancelled", Text(zh="取消", en="Cancelled")),
    ),
)
NOTES: dict[str, Text] = {
    "kind": Text(
        zh="必填。学期、放假、补班补课或考试。",
        en="Required: term, closed days, make-up day or exam.",
    ),
    "name.zh": Text(
        zh="两种文字至少填一种；另一种留空时照抄。",
        en="At least one of the two languages; where one is empty the other is used.",
    ),
    "name.en": Text(zh="同上。", en="As above."),
    "from": Text(zh="必填。第一天，如 2027-01-23。", en="Required: first day, such as 2027-01-23."),
    "until": Text(
        zh="最后一天，含当天；只有一天时可留空。",
        en="Last day, included; may be empty for a single day.",
    ),
    "opens": Text(
        zh="只用于补班补课；留空时用该日通常的开放时间。",
        en="For make-up days only; empty for the usual hours.",
    ),
    "closes": Text(zh="同上。", en="As above."),
    "weekday": Text(
        zh="只用于补班补课：照周几的时间开放，如 周四。",
        en="For make-up days only: the weekday whose hours hold, such as Thursday.",
    ),
    "site": Text(
        zh="只对一个场所时填其编号或名称；留空时对所选的全部场所。",
        en="Id or name of the one site it is for; empty for all chosen sites.",
    ),
    "id": Text(
        zh="可留空。同一编号的行改了日期，再次导入时原来的日子随之移动；留空时按种类和名称识别。",
        en="May be empty. A row with the same id and other days moves what it brought before; "
        "without an id the kind and the name identify it.",
    ),
    "cancelled": Text(
        zh="填“是”则取消此前导入的这一行。",
        en="Write yes to take back what this row brought before.",
    ),
}
