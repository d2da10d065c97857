"""What the choices of the form are called."""

from rules.authoring.field import Options
from rules.pack import DATED_KINDS, HOUSE_LAYERS
from rules.rule_names import KIND_NAMES, LAYER_NAMES, PRECISION_NAMES, TARGET_NAMES
from rules.text import Text


def _options(*rows: tuple[str, str, str]) -> Options:
    return tuple((value, Text(zh=zh, en=en)) for value, zh, en in rows)


KINDS: Options = (
    *_options(
        ("duty", "职责：按周期做", "duty: done again and again"),
        ("event", "事件触发：发生后做", "event: done when it happens"),
    ),
    *((kind, name) for kind, name in KIND_NAMES.items() if kind not in DATED_KINDS),
)
TARGETS: Options = tuple(TARGET_NAMES.items())
LAYERS: Options = tuple((each, name) for each, name in LAYER_NAMES.items() if each in HOUSE_LAYERS)
PRECISIONS: Options = tuple(PRECISION_NAMES.items())
CADENCES = _options(
    ("periodic", "每周、每月等", "every week, month, …"),
    ("times-a-day", "每日几次", "several times a day"),
    ("interval", "每隔几分钟或小时", "every few minutes or hours"),
    ("max-gap", "至多间隔几日", "at most some days apart"),
    ("count", "每期几次", "several times a period"),
    ("meal", "每餐", "each meal"),
    ("term", "每学期", "each term"),
    ("random", "随机抽日", "on days drawn at random"),
    ("event", "事件前后", "before or after an event"),
)
PERIODS = _options(
    ("day", "日", "day"),
    ("week", "周", "week"),
    ("half-month", "半月", "half-month"),
    ("month", "月", "month"),
    ("quarter", "季度", "quarter"),
    ("half-year", "半年", "half-year"),
    ("year", "年", "year"),
)
PERIODS_OF_COUNTS = (*PERIODS[1:], ("term", Text(zh="学期", en="term")))
CLOCK_UNITS = _options(("minute", "分钟", "minutes"), ("hour", "小时", "hours"))
UNITS = _options(
    ("minute", "分钟", "minutes"),
    ("hour", "小时", "hours"),
    ("working-hour", "工作小时", "working hours"),
    ("day", "日", "days"),
    ("working-day", "工作日", "working days"),
    ("week", "周", "weeks"),
    ("month", "月", "months"),
    ("year", "年", "years"),
    ("same-day", "当日", "the same day"),
    ("immediately", "立即", "at once"),
)
SPANS = _options(
    ("opening-hours", "开放时间", "opening hours"),
    ("all-day", "全天", "round the clock"),
    ("night", "夜间", "the night"),
)
WEEKDAYS = _options(
    ("mon", "周一", "Monday"),
    ("tue", "周二", "Tuesday"),
    ("wed", "周三", "Wednesday"),
    ("thu", "周四", "Thursday"),
    ("fri", "周五", "Friday"),
    ("sat", "周六", "Saturday"),
    ("sun", "周日", "Sunday"),
)
TERM_PARTS = _options(
    ("start", "开学时", "at its start"),
    ("end", "期末", "before its end"),
    ("spread", "均匀分布", "spread over it"),
)
BEFORE_AFTER = _options(("before", "之前", "before it"), ("after", "之后", "after it"))
DAYS = _options(
    ("every", "每天", "every day"),
    ("opening", "开放日", "opening days"),
    ("working", "工作日", "working days"),
    ("school", "上学日", "school days"),
)
DAY_OFF = _options(
    ("keep", "照常", "keep the day"),
    ("skip", "跳过", "skip it"),
    ("before", "提前", "earlier"),
    ("after", "推后", "later"),
)
YES_NO = _options(("true", "是", "yes"), ("false", "否", "no"))
OPERATORS = _options(
    ("eq", "等于", "is"),
    ("ne", "不等于", "is not"),
    ("in", "是其中之一", "is one of"),
    ("not_in", "都不是", "is none of"),
    ("lt", "小于", "is below"),
    ("lte", "至多", "is at most"),
    ("gt", "大于", "is above"),
    ("gte", "至少", "is at least"),
    ("has", "含有", "includes"),
    ("known", "已填写", "is answered"),
)
