"""Defaults of the product: never law, so of the layer `group`, recommended, and by the house."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.pack import Instrument, Rule
from rules.text import Text


def complaints(draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield what makes the defaults of the product look like law."""
    if not draft.pack.product_default:
        return
    if draft.pack.layer != "group":
        yield Complaint(
            ("layer",),
            Text(
                zh="产品默认值须在 group 层。",
                en="Defaults of the product stand in the layer group.",
            ),
            Text(zh="请改 layer 为 group。", en="Make it the layer group."),
        )
    for location, rule in draft.rules():
        if rule.strength != "recommended" or _is_law(rule, context):
            yield Complaint(
                (*location, "strength"),
                Text(
                    zh="产品默认值不是法规：须为 recommended，并引用 force 为 house 的文件。",
                    en="A default of the product is no law: recommended, by an instrument of the "
                    "force house.",
                ),
                Text(
                    zh="请写 strength: recommended，并改 source.instrument。",
                    en="Write strength: recommended and correct source.instrument.",
                ),
            )


def _is_law(rule: Rule, context: Context) -> bool:
    cited: Instrument | None = context.instruments.get(rule.source.instrument)
    return cited is not None and cited.force != "house"
