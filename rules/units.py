"""Units of readings and figures as people write them; packs and facts use the codes."""

from rules.text import Text

_WORDS: dict[str, tuple[str, str]] = {
    "degC": ("℃", "℃"),
    "percent": ("%", "%"),
    "m2": ("㎡", "m²"),
    "uW/cm2": ("μW/cm²", "μW/cm²"),
    "W/m3": ("W/m³", "W/m³"),
    "s": ("秒", "s"),
    "minute": ("分钟", "min"),
    "hour": ("小时", "h"),
    "day": ("日", "days"),
    "working-day": ("个工作日", "working days"),
    "week": ("周", "weeks"),
    "month": ("个月", "months"),
    "half-year": ("个半年", "half-years"),
    "year": ("年", "years"),
    "person": ("人", "people"),
    "people": ("人", "people"),
    "times": ("次", "times"),
    "items": ("项", "items"),
    "rounds": ("轮", "rounds"),
    "checks": ("次检查", "checks"),
    "meetings": ("次会议", "meetings"),
    "sessions": ("场", "sessions"),
    "accidents": ("起", "accidents"),
    "case": ("例", "cases"),
    "cases": ("例", "cases"),
    "shift": ("班", "shifts"),
    "points": ("分", "points"),
    "kinds": ("类", "kinds"),
    "areas": ("个区域", "areas"),
    "labels": ("个标签", "labels"),
    "vehicles": ("辆", "vehicles"),
    "topics": ("个专题", "topics"),
    "themes": ("个主题", "themes"),
    "scenarios": ("个脚本", "scenarios"),
    "samples": ("份", "samples"),
    "nights": ("夜", "nights"),
    "links": ("个环节", "links"),
    "gates": ("个门", "gates"),
    "class": ("个班", "classes"),
    "class-hours": ("课时", "class hours"),
    "approvals": ("次批准", "approvals"),
    "goals": ("个目标", "goals"),
    "indicators": ("个指标", "indicators"),
    "signs": ("个标志", "signs"),
    "pieces": ("件", "pieces"),
    "package": ("包", "packages"),
    "fault": ("处故障", "faults"),
    "extinguisher": ("具", "extinguishers"),
    "dishes": ("个品种", "dishes"),
    "answers": ("个回答", "answers"),
    "alarm": ("次报警", "alarms"),
    "CNY": ("元", "CNY"),
}


def unit_text(unit: str) -> Text:
    """Return how *unit* is written; international symbols such as `kg` are their own words."""
    zh, en = _WORDS.get(unit, (unit, unit))
    return Text(zh=zh or "–", en=en or "–")
