"""The coverage report, `docs/coverage.md`: every item, what carries it, and what does not yet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rules.coverage.carried import Carried, carried
from rules.coverage.items import practices, requirements
from rules.rulebook import RuleBook

_HEAD = """# Coverage 覆盖情况

Written by `xunjian rules coverage --write docs/coverage.md`; do not edit. Which rule of the packs,
or which part of the program, carries each requirement of the laws and standards and each practice
of safety officers, and what is not carried yet, with the reason.

本页由上述命令生成，请勿手改：每项法规要求和每项做法由哪条规则或哪个程序部分承载，哪些尚未承载及原因。

Rules marked ○ are off until an organisation names their pack. 带 ○ 的规则须点名其规则包才启用。
"""
_GRADES = {
    "A": "Grade A: the full text was read 读过全文",
    "B": "Grade B: a reproduction of the clause was read 读过转载条文",
    "C": "Grade C: from memory, never shown as law 凭记忆，不作为法规显示",
}
_COLUMNS = """| id | Asked for 要求 | Carried by 承载 | Not yet, and why 尚未及原因 |
|---|---|---|---|
"""


def report(rulebook: RuleBook) -> str:
    """Return the report over every requirement and practice, as Markdown."""
    asked = carried(rulebook, requirements())
    done = carried(rulebook, practices())
    parts = [_HEAD, _summary(asked, done), "\n## Requirements 法规要求\n"]
    for grade, title in _GRADES.items():
        rows = [each for each in asked if each.item.grade == grade]
        parts.append(f"\n### {title} ({len(rows)})\n\n{_COLUMNS}{_rows(rows)}")
    parts.append(f"\n## Practices 做法 ({len(done)})\n\n{_COLUMNS}{_rows(done)}")
    return "".join(parts)


def _summary(asked: Sequence[Carried], done: Sequence[Carried]) -> str:
    lines = [
        "| | carried 已承载 | in part 部分 | not yet 尚未 | all 合计 |",
        "|---|---|---|---|---|",
    ]
    lines += [
        _counts(f"grade {grade}", [each for each in asked if each.item.grade == grade])
        for grade in _GRADES
    ]
    lines.append(_counts("practices 做法", done))
    return "\n" + "\n".join(lines) + "\n"


def _counts(name: str, rows: Sequence[Carried]) -> str:
    found = Counter(each.state for each in rows)
    counts = [found["carried"], found["in-part"], found["not-yet"], len(rows)]
    return f"| {name} | " + " | ".join(map(str, counts)) + " |"


def _rows(rows: Iterable[Carried]) -> str:
    return "".join(f"| {' | '.join(_cells(each))} |\n" for each in rows)


def _cells(row: Carried) -> Iterator[str]:
    item = row.item
    yield item.id
    yield _cell(f"{item.title.zh}<br>{item.title.en}")
    rules = [f"`{id_}`" + (" ○" if id_ in row.opt_in else "") for id_ in row.rules]
    parts = [f"`{part.module}`: {part.does.zh} {part.does.en}" for part in item.parts]
    yield _cell("<br>".join([", ".join(rules), *parts] if rules else parts))
    yield _cell(f"{item.not_yet.zh}<br>{item.not_yet.en}" if item.not_yet else "")


def _cell(text: str) -> str:
    """Keep the table whole: a bar would begin another cell, a line break another row."""
    return text.replace("|", "\\|").replace("\n", " ")
