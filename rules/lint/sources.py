"""Where a rule comes from, how well that is known, and since when it holds."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.pack import EffectiveDate, Pack, Rule, Source
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is wrong with source and date of effect of *rule*."""
    source, is_house = rule.source, draft.pack.is_house
    if not context.knows("instruments", source.instrument):
        yield _unknown_instrument(source.instrument)
    if source.clause is None and not source.unverified and not is_house:
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
    if source.grade == "C" and not is_house:
        yield from _from_memory(source, draft.pack)
    yield from _practice(source, draft, context)
    if is_house and not source.origin:
        yield Complaint(
            ("source", "origin"),
            Text(zh="单位规则没有出处。", en="A house rule without its origin."),
            Text(zh="请写明制度文件和条目。", en="Name the house document and its line."),
        )
    yield from _dates(rule.effective)


def _from_memory(source: Source, pack: Pack) -> Iterator[Complaint]:
    """What nobody read stands apart from the law, is off by default, and quotes no clause."""
    if not (pack.opt_in and pack.layer == "sector"):
        yield Complaint(
            ("source", "grade"),
            Text(
                zh="C 级（凭记忆）不能作为法规规则。",
                en="Grade C (from memory) cannot stand in a pack of law.",
            ),
            Text(
                zh="请核对原文后改为 A 或 B，或移入 layer: sector、opt_in: true 的规则包。",
                en="Read the text and grade it A or B, or move the rule to a pack with "
                "layer: sector and opt_in: true.",
            ),
        )
    elif source.clause is not None:
        yield Complaint(
            ("source", "clause"),
            Text(
                zh="C 级（凭记忆）的规则不能引用条号。",
                en="A rule of grade C (from memory) cites no clause.",
            ),
            Text(zh="请写 clause: null。", en="Write clause: null."),
        )


def _practice(source: Source, draft: Draft, context: Context) -> Iterator[Complaint]:
    """Practice is told apart from law, and by whom it was told stands beside it."""
    instrument = context.instruments.get(source.instrument)
    if instrument is None or instrument.force != "practice":
        return
    if draft.pack.layer in ("law", "local"):
        yield Complaint(
            ("source", "instrument"),
            Text(
                zh=f"{source.instrument} 是行业做法，不能作为法规规则的依据。",
                en=f"{source.instrument} is practice; no rule of law can rest on it.",
            ),
            Text(
                zh="请移到 sector 层的规则包，或引用法规文件。",
                en="Move the rule to a pack of the layer sector, or cite a law.",
            ),
        )
    if not source.origin:
        yield Complaint(
            ("source", "origin"),
            Text(zh="行业做法没有出处。", en="A practice without its origin."),
            Text(
                zh="请写明在哪份材料的哪一行读到。", en="Name the text and the line it was read in."
            ),
        )


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
