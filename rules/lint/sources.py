"""Where a rule comes from, how well that is known, and since when it holds."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.pack import EffectiveDate, Rule
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is wrong with source and date of effect of *rule*."""
    source, layer = rule.source, draft.pack.layer
    if not context.knows("instruments", source.instrument):
        yield _unknown_instrument(source.instrument)
    if source.clause is None and not source.unverified and layer != "house":
        yield Complaint(
            ("source", "clause"),
            Text(
                zh="没有条号，也没有说明哪些未核实。",
                en="There is no clause, and nothing says what is unverified.",
            ),
            Text(
                zh="请写条号，或在 unverified 中说明。",
                en="Write the clause, or say so under unverified.",
            ),
        )
    if source.grade == "C" and layer != "house":
        yield Complaint(
            ("source", "grade"),
            Text(
                zh="C 级（凭记忆）不能作为法规规则。",
                en="Grade C (from memory) cannot stand in a pack of law.",
            ),
            Text(
                zh="请核对原文后改为 A 或 B，或删去本规则。",
                en="Read the text and grade it A or B, or remove the rule.",
            ),
        )
    if layer == "house" and not source.origin:
        yield Complaint(
            ("source", "origin"),
            Text(zh="单位规则没有出处。", en="A house rule without its origin."),
            Text(zh="请写明制度文件和条目。", en="Name the house document and its line."),
        )
    yield from _dates(rule.effective)


def _unknown_instrument(name: str) -> Complaint:
    return Complaint(
        ("source", "instrument"),
        Text(zh=f"没有法规文件 {name}。", en=f"There is no instrument {name}."),
        Text(
            zh="请检查编号，或在 instruments 中列出。",
            en="Check the id, or list it under instruments.",
        ),
    )


def _dates(effective: EffectiveDate) -> Iterator[Complaint]:
    if effective.on is None and effective.precision != "unknown":
        yield Complaint(
            ("effective", "on"),
            Text(zh="缺少施行日期。", en="The date of effect is missing."),
            Text(zh="请写 on，或写 precision: unknown。", en="Write on, or precision: unknown."),
        )
    if effective.on is not None and effective.precision == "unknown":
        yield Complaint(
            ("effective", "precision"),
            Text(zh="写了日期却说未知。", en="A date is given and called unknown."),
            Text(zh="请改 precision，或删去 on。", en="Correct the precision, or remove on."),
        )
