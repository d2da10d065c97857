"""The form of one rule and of its pack: what may be changed without knowing the text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rules.authoring import choices
from rules.authoring.field import FieldKind, FormField, Options, found, written
from rules.event_names import EVENT_NAMES
from rules.rulebook import RuleBook
from rules.text import Text
from rules.vocabulary import load_vocabulary
from rules.yaml_document import Location

# Kind of cadence -> place below `cadence`, label, kind of field, choices.
_CADENCES: Mapping[str, tuple[tuple[Location, Text, FieldKind, Options], ...]] = {
    "periodic": (
        (("every",), Text(zh="每隔几期", en="Every how many"), "number", ()),
        (("unit",), Text(zh="周期", en="Period"), "choice", choices.PERIODS),
        (("on", "weekday"), Text(zh="逢", en="On"), "choice", choices.WEEKDAYS),
        (("on", "day"), Text(zh="几日（-1 为末日）", en="Day (-1: last)"), "number", ()),
        (("phase_on",), Text(zh="从哪天起数", en="Counted from"), "day", ()),
    ),
    "interval": (
        (("every",), Text(zh="每隔", en="Every"), "number", ()),
        (("unit",), Text(zh="单位", en="Unit"), "choice", choices.CLOCK_UNITS),
        (("within",), Text(zh="何时", en="During"), "choice", choices.SPANS),
    ),
    "times-a-day": ((("times",), Text(zh="每日几次", en="Times a day"), "number", ()),),
    "max-gap": ((("days",), Text(zh="至多间隔几日", en="Days apart at most"), "number", ()),),
    "count": (
        (("times",), Text(zh="几次", en="Times"), "number", ()),
        (("per",), Text(zh="每", en="Per"), "choice", choices.PERIODS_OF_COUNTS),
        (("min_gap_days",), Text(zh="至少间隔几日", en="Days apart at least"), "number", ()),
    ),
    "meal": (
        (("due_after", "amount"), Text(zh="开餐后", en="Due after"), "number", ()),
        (("due_after", "unit"), Text(zh="单位", en="Unit"), "choice", choices.CLOCK_UNITS),
    ),
    "term": (
        (("times",), Text(zh="几次", en="Times"), "number", ()),
        (("when",), Text(zh="学期中何时", en="When in the term"), "choice", choices.TERM_PARTS),
    ),
    "random": (
        (("times",), Text(zh="几日", en="Days"), "number", ()),
        (("per",), Text(zh="每", en="Per"), "choice", choices.PERIODS_OF_COUNTS),
    ),
    "event": (
        (
            ("event",),
            Text(zh="事件", en="Event"),
            "choice",
            tuple(EVENT_NAMES.items()),
        ),
        (("when",), Text(zh="前后", en="When"), "choice", choices.BEFORE_AFTER),
        (("within", "amount"), Text(zh="期限", en="Within"), "number", ()),
        (("within", "unit"), Text(zh="单位", en="Unit"), "choice", choices.UNITS),
    ),
}  # fmt: skip
NEW_CADENCES: Mapping[str, Mapping[str, Any]] = {
    "periodic": {"type": "periodic", "unit": "month"},
    "interval": {"type": "interval", "every": 60, "unit": "minute"},
    "times-a-day": {"type": "times-a-day", "times": 2},
    "max-gap": {"type": "max-gap", "days": 15},
    "count": {"type": "count", "times": 2, "per": "year", "min_gap_days": 60},
    "meal": {"type": "meal"},
    "term": {"type": "term", "times": 1},
    "random": {"type": "random", "times": 1, "per": "month"},
    "event": {
        "type": "event",
        "event": "weather-warning",
        "within": {"amount": 1, "unit": "day"},
    },
}


def pack_fields(data: Any) -> tuple[FormField, ...]:
    """Return the fields of the pack's head."""
    rows = _Rows(data, ())
    return (
        rows.field(("title", "zh"), "名称（中文）", "Title (Chinese)", required=True),
        rows.field(("title", "en"), "名称（英文）", "Title (English)", required=True),
        rows.field(("layer",), "层级", "Layer", "choice", choices.LAYERS),
        rows.field(("version",), "版本日期", "Version of", "day"),
    )


def rule_fields(
    data: Any, index: int, book: RuleBook
) -> Iterator[tuple[Text, tuple[FormField, ...]]]:
    """Yield the fields of one rule in groups, each with its heading."""
    rows = _Rows(data, ("rules", index))
    yield (
        Text(zh="规则", en="Rule"),
        (
            rows.field(("id",), "编号", "Id", required=True),
            rows.field(("title", "zh"), "名称（中文）", "Title (Chinese)", required=True),
            rows.field(("title", "en"), "名称（英文）", "Title (English)", required=True),
            rows.field(("kind",), "类型", "Kind", "choice", choices.KINDS),
            rows.field(("target",), "对象", "Target", "choice", choices.TARGETS),
            rows.field(("domain",), "领域", "Domain", "choice", _domains(book)),
            rows.field(("tightens",), "收紧哪条规则（编号）", "Tightens which rule (id)"),
        ),
    )
    yield (
        Text(zh="依据", en="Source"),
        (
            rows.field(
                ("source", "instrument"), "文件", "Instrument", "choice", _instruments(data, book)
            ),
            rows.field(
                ("source", "clause", "zh"), "条目（中文）", "Clause (Chinese)", required=True
            ),
            rows.field(
                ("source", "clause", "en"), "条目（英文）", "Clause (English)", required=True
            ),
            rows.field(("source", "origin"), "出处", "Read in", required=True),
            rows.field(("effective", "on"), "施行日期", "In force from", "day"),
            rows.field(
                ("effective", "precision"), "日期精度", "Known", "choice", choices.PRECISIONS
            ),
        ),
    )
    last = max(len(found(data, ("rules", index, "versions")) or [0]) - 1, 0)
    yield from _version_groups(data, index, last)


def _version_groups(
    data: Any, index: int, number: int
) -> Iterator[tuple[Text, tuple[FormField, ...]]]:
    rows = _Rows(data, ("rules", index, "versions", number))
    cadence = found(data, ("rules", index, "versions", number, "cadence"))
    kind = cadence.get("type") if isinstance(cadence, dict) else None
    timing = [
        rows.field(("from",), "自", "From", "day", required=True),
        rows.field(("cadence", "type"), "周期类型", "How often", "choice", choices.CADENCES),
    ]
    for at, label, field_kind, options in _CADENCES.get(str(kind), ()):
        timing.append(rows.field(("cadence", *at), label.zh, label.en, field_kind, options))
    timing += [
        rows.field(("days",), "计哪些日", "On which days", "choice", choices.DAYS),
        rows.field(("day_off",), "逢休息日", "On a day off", "choice", choices.DAY_OFF),
        rows.field(("window", "opens"), "开始时刻（如 07:30）", "Opens (such as 07:30)"),
        rows.field(("window", "due"), "截止时刻", "Due by"),
    ]
    yield Text(zh="周期", en="Timing"), tuple(timing)
    yield Text(zh="谁来做", en="By whom"), (
        rows.field(("minutes",), "每次几分钟", "Minutes each time", "number"),
        rows.field(("people", "count"), "几人", "People", "number"),
        rows.field(
            ("people", "roles"), "岗位（任一）", "Roles (any one)", "many", _choices("person.roles")
        ),
        rows.field(
            ("people", "qualifications"), "资质（全部）", "Certificates (all)", "many",
            _choices("person.qualifications"),
        ),
    )  # fmt: skip


class _Rows:
    def __init__(self, data: Any, at: Location) -> None:
        self._data, self._at = data, at

    def field(  # noqa: PLR0913 (a table row)
        self,
        at: Location,
        zh: str,
        en: str,
        kind: FieldKind = "text",
        options: Options = (),
        *,
        required: bool = False,
    ) -> FormField:
        full = (*self._at, *at)
        value = written(found(self._data, full))
        return FormField(full, Text(zh=zh, en=en), kind, value, options, required)


def _choices(fact: str) -> Options:
    definition = load_vocabulary()[fact]
    return tuple((choice.value, choice.title) for choice in definition.choices)


def _domains(book: RuleBook) -> Options:
    names = dict.fromkeys(rule.domain for rule in book.rules.values())
    return tuple((name, Text(zh=name, en=name)) for name in sorted(names))


def _instruments(data: Any, book: RuleBook) -> Options:
    """Name the pack's own instruments first, then every other."""
    own = [each for each in _mappings(found(data, ("instruments",))) if each.get("id")]
    options = {str(each["id"]): _title(each) for each in own}
    for pack in book.packs:
        for each in pack.instruments:
            options.setdefault(each.id, each.title)
    return tuple(options.items())


def _title(raw: Mapping[str, Any]) -> Text:
    title = raw.get("title")
    words = title if isinstance(title, dict) else {}
    name = str(raw["id"])
    return Text(zh=str(words.get("zh") or name), en=str(words.get("en") or name))


def _mappings(raw: Any) -> Iterable[Mapping[str, Any]]:
    return [each for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []
