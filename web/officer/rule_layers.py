"""The layers of the obligation that a rule belongs to, as its page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspections.queries.layers_in_use import Layered, layers_in_use
from rules.layers import obligations
from rules.pack import LAYERS, Rule
from rules.rulebook import RuleBook
from rules.text import Text
from web.authentication import viewer
from web.database import session
from web.formatting import today


@dataclass(frozen=True)
class LayerView:
    """
    A rule of the same obligation, this one included.

    Attributes:
        standing: `here` for this rule, `under` where this one stands over it at some target,
            `over` where it stands over this one, `beside` where both hold or do not meet.
        targets: At how many targets.
        reason: Why, as a sentence.
    """

    rule: Rule
    layer: str
    standing: str
    targets: int = 0
    reason: Text | None = None


def layered_here(book: RuleBook, rule_id: str) -> Layered:
    """Return how the rule stands at the targets that the viewer sees."""
    here = viewer()
    found = layers_in_use(session(), book, here.organisation, on=today(), scope=here.sites)
    return found.get(rule_id, Layered())


def layer_views(book: RuleBook, rule_id: str, layered: Layered) -> Iterator[LayerView]:
    """Yield the rules of the obligation from the highest layer to the lowest."""
    roots = obligations(book)
    root = roots.get(rule_id)
    family = [one for one in book.rules if root is not None and roots.get(one) == root]
    for one in sorted(family, key=lambda each: -LAYERS.index(book.pack_of(each).layer)):
        rule, layer = book.rule(one), book.pack_of(one).layer
        if one == rule_id:
            yield LayerView(rule, layer, "here")
        elif one in layered.over:
            yield LayerView(rule, layer, "under", layered.over[one], layered.reasons[one])
        elif one in layered.under:
            yield LayerView(rule, layer, "over", layered.under[one], layered.reasons[one])
        else:
            yield LayerView(rule, layer, "beside")
