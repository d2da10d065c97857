"""The words of a chase letter as mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inspections.messages.words import Words
from inspections.models import ChaseLetterRow
from rules.text import Text


def letter_subject(row: ChaseLetterRow, words: Words) -> str:
    """Return the subject in one language."""
    count = len(row.findings)
    return words.both(
        f"催办函 {row.number}：{count} 项整改待完成",
        f"Chase letter {row.number}: {count} to be put right",
    )


def letter_lines(row: ChaseLetterRow, words: Words) -> list[str]:
    """Return the letter as lines of plain text, each finding with its way back."""
    reply = words.moment(row.reply_by)
    first = words.both(
        f"以下 {len(row.findings)} 项整改由您负责。请于 {reply} 前完成整改并提交；"
        "不能按时完成的，请在问题页面申请延期并说明原因。",
        f"You are to put right the following {len(row.findings)}. Please submit each by {reply}, "
        "or ask for more time on its page and say why.",
    )
    note = [row.note, ""] if row.note else []
    listed = [line for one in row.findings for line in _finding(one, words)]
    return [first, "", *note, *listed, ""]


def _finding(one: Mapping[str, Any], words: Words) -> list[str]:
    title, where = (words.say(Text(**one[key])) for key in ("title", "where"))
    due = words.moment(datetime.fromisoformat(one["due_at"]))
    late = (
        words.say(Text(**one["late"])) if one["late"] else words.both(f"期限 {due}", f"due {due}")
    )
    lines = [
        words.both(f"· {one['number']} {title}（{where}）", f"· {one['number']} {title} ({where})"),
        f"  {late}",
    ]
    if one["clause"]:
        lines.append(words.both("  依据：", "  Because of: ") + words.say(Text(**one["clause"])))
    return [*lines, f"{words.address}/findings/{one['id']}"]
