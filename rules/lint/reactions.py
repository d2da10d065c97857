"""Reactions: an event to answer, consequences that fit it, and conclusions that never circle."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.consequences import complaints as consequence_complaints
from rules.lint.context import Context
from rules.pack import Rule
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield what is wrong with *rule* as a reaction, or with what makes it look like one."""
    if rule.kind != "reaction":
        # What a misspelt kind was meant to be is not known.
        if not draft.is_broken((*at, "kind")):
            yield from _not_a_reaction(rule)
        return
    yield from _shape(rule)
    if rule.id in context.circling:
        yield Complaint(
            ("applies",),
            Text(
                zh="这条联动规则与其他规则互相等待对方推出的事实（循环）。",
                en="This reaction and others wait in a circle for facts that they conclude.",
            ),
            Text(zh="请去掉其中一个条件。", en="Remove one of their conditions."),
        )
    for index, version in enumerate(rule.versions):
        here: Location = ("versions", index, "then")
        if not version.then:
            yield Complaint(
                here,
                Text(zh="联动规则没有任何后果。", en="The reaction starts nothing."),
                Text(zh="请在 then 中写出后果。", en="Write its consequences under then."),
            )
        yield from consequence_complaints(rule, version, here, context)


def _shape(rule: Rule) -> Iterator[Complaint]:
    if rule.on is None:
        yield Complaint(
            ("on",),
            Text(zh="没有写明针对哪种事件。", en="The event it answers is missing."),
            Text(zh="请写 on，例如 on: answer。", en="Write on, for example on: answer."),
        )
    if "target" in rule.model_fields_set:
        yield Complaint(
            ("target",),
            Text(
                zh="联动规则的对象由事件决定，不写 target。",
                en="The event says what a reaction concerns; it has no target.",
            ),
            Text(
                zh="请删去 target；要限定对象，请在 applies 中写条件。",
                en="Remove target; put a condition under applies to narrow it.",
            ),
        )
    if rule.reading is not None:
        yield Complaint(
            ("reading",),
            Text(
                zh="联动规则不能留有待定的读法。",
                en="A reaction cannot wait for a reading to be settled.",
            ),
            Text(
                zh="请把读法写成场所的事实，再在 applies 中引用。",
                en="Make the reading a fact of the site and test it under applies.",
            ),
        )


def _not_a_reaction(rule: Rule) -> Iterator[Complaint]:
    if "target" not in rule.model_fields_set:
        yield Complaint(
            ("target",),
            Text(zh="缺少这个字段。", en="This field is missing."),
            Text(zh="请补上。", en="Add it."),
        )
    if rule.on is not None:
        yield Complaint(("on",), *_ONLY_REACTIONS)
    for index, version in enumerate(rule.versions):
        if version.then:
            yield Complaint(("versions", index, "then"), *_ONLY_REACTIONS)
    for index, example in enumerate(rule.examples):
        if example.then is not None:
            yield Complaint(("examples", index, "then"), *_ONLY_REACTIONS)


_ONLY_REACTIONS = (
    Text(zh="只有 reaction 类规则有这个字段。", en="Only a rule of kind reaction has this field."),
    Text(zh="请改 kind 为 reaction，或删去它。", en="Make it a reaction, or remove the field."),
)
