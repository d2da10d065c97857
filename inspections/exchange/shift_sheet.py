"""The sheet of shift patterns: its columns and what may stand in them."""

from inspections.exchange.sheets import Column, Sheet
from rules.text import Text

SHIFTS = Sheet(
    "shift patterns",
    Text(zh="班次表", en="shift patterns"),
    (
        Column("site", Text(zh="场所", en="Site")),
        Column("post", Text(zh="岗位", en="Post")),
        Column("code", Text(zh="代码", en="Code")),
        Column("name.zh", Text(zh="名称（中文）", en="Name (Chinese)")),
        Column("name.en", Text(zh="名称（英文）", en="Name (English)")),
        Column("since", Text(zh="上班", en="Since"), "time"),
        Column("until", Text(zh="下班", en="Until"), "time"),
        Column("minimum", Text(zh="至少人数", en="Minimum"), "number"),
        Column("preferred", Text(zh="期望人数", en="Preferred"), "number"),
        Column("maximum", Text(zh="最多人数", en="Maximum"), "number"),
        Column("working_minutes", Text(zh="计时分钟", en="Minutes that count as work"), "number"),
    ),
)
SHIFT_NOTES: dict[str, Text] = {
    "site": Text(
        zh="场所的编号或名称；岗位名称只在一个场所出现时可留空。",
        en="Id or name of the site; may be empty where only one site has a post of this name.",
    ),
    "post": Text(zh="必填。岗位的编号或名称。", en="Required: id or name of the post."),
    "code": Text(
        zh="必填，最多 4 个字，如 D。同一岗位内不重复。",
        en="Required, up to 4 characters, such as D; once in each post.",
    ),
    "name.zh": Text(
        zh="可留空：已有的班次名称不变，新班次用代码。",
        en="May be empty: a shift that is there keeps its name, a new one gets its code.",
    ),
    "name.en": Text(zh="同上。", en="As above."),
    "since": Text(zh="必填，如 07:00。", en="Required, such as 07:00."),
    "until": Text(
        zh="必填；不晚于上班时间的，算第二天。",
        en="Required; at or before the start it lies on the next day.",
    ),
    "minimum": Text(
        zh="可留空：已有的不变，新班次为 1。", en="May be empty: as it is, or 1 for a new shift."
    ),
    "preferred": Text(
        zh="可留空：同至少人数。人手有余时按此安排。",
        en="May be empty: the minimum. So many stand it where that costs no cover.",
    ),
    "maximum": Text(
        zh="可留空：同期望人数。", en="May be empty: as many as preferred. Never more stand it."
    ),
    "working_minutes": Text(
        zh="可留空：整段都计工时。睡班等按实际计时填写。",
        en="May be empty: the whole span counts. Give it where sleep or breaks do not count.",
    ),
}
