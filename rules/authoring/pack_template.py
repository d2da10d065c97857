"""The pack that somebody starts from: sound, short, and telling what to write where."""

from datetime import date

_PACK = """\
# 本单位自己的规则。左边的表单改这里的文字；这里的文字改了，表单随之改变。
# Rules of your own. The form changes this text; what is written here changes the form.
id: {id}
title: {{zh: 本单位规则, en: Rules of our own}}
layer: site
version: {today}

instruments:
  - id: {id}-document
    title: {{zh: 安全管理制度, en: Safety rules of the house}}
    force: house
    effective: {{precision: unknown}}
    status: {{zh: 执行中, en: in use}}
    jurisdiction: {country}

rules:
{rule}
"""
_RULE = """\
id: {id}
kind: duty
title: {{zh: 每周检查, en: Weekly check}}
domain: safety
source:
  instrument: {instrument}
  clause: {{zh: 第 1 条, en: Line 1}}   # 制度的条目
  grade: A
  origin: "1"
effective: {{precision: unknown}}
target: site
applies:
  site.kind: {kind}
versions:
  - from: {today}
    cadence: {{type: periodic, unit: week}}
    days: opening
    day_off: before
    minutes: 15
examples:
  - {{name: 本单位, facts: {{site.kind: {kind}}}, applies: true}}
  - {{name: 别的场所, facts: {{site.kind: {other}}}, applies: false}}"""


def new_pack(pack_id: str, *, kind: str, country: str, today: date) -> str:
    """Return the text of a pack with one rule for sites of *kind*."""
    rule = new_rule(f"{pack_id}-weekly", f"{pack_id}-document", kind=kind, today=today)
    first, *rest = rule.split("\n")
    listed = "\n".join([f"  - {first}", *(f"    {line}" for line in rest)])
    return _PACK.format(id=pack_id, today=today, country=country, rule=listed)


def new_rule(rule_id: str, instrument: str, *, kind: str, today: date) -> str:
    """Return the text of a rule for sites of *kind*, written at the left edge."""
    other = "office" if kind != "office" else "mall"
    return _RULE.format(id=rule_id, instrument=instrument, kind=kind, other=other, today=today)
