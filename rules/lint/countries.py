"""Where a pack applies: countries that exist, in each of which stands all that it builds on."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.organisation.country import COUNTRIES
from rules.pack import Pack
from rules.pack_references import definers, lacking
from rules.text import Text


def complaints(draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield what is wrong with the countries of *draft* and with its being off by default."""
    pack = draft.pack
    for index, country in enumerate(pack.countries):
        if country not in COUNTRIES:
            yield _unknown(index, country)
    if pack.is_house and pack.opt_in:
        yield Complaint(
            ("opt_in",),
            Text(
                zh="单位规则包本来就只对点名采用的单位适用。",
                en="A house pack binds those alone who name it, in any case.",
            ),
            Text(zh="请删去 opt_in。", en="Remove opt_in."),
        )
    if not pack.is_house:
        yield from _homeless(pack, [each.pack for each in context.drafts])


def _homeless(pack: Pack, packs: list[Pack]) -> Iterator[Complaint]:
    """What is defined nowhere at all is the business of the checks of references."""
    for index, country in enumerate(pack.countries):
        near = [each for each in packs if each.applies_in(country)]
        for reference in lacking(pack, near):
            owners = ", ".join(definers(reference, packs))
            if owners:
                name = reference[1]
                message = Text(
                    zh=f"{name} 在 {owners} 中，而 {owners} 在 {country} 不适用。",
                    en=f"{name} stands in {owners}, which does not apply in {country}.",
                )
                remedy = Text(
                    zh="请在本包中定义它，或删去这个国家。",
                    en="Define it in this pack, or remove the country.",
                )
                yield Complaint(("countries", index), message, remedy)


def _unknown(index: int, country: str) -> Complaint:
    return Complaint(
        ("countries", index),
        Text(
            zh=f"没有国家代码“{country}”；请写 CN 这样的两个字母（ISO 3166）。",
            en=f"Unknown country {country}; use a code of two letters such as CN (ISO 3166).",
        ),
        Text(zh="请改正。", en="Correct it."),
    )
