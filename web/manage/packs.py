"""Which rule packs an organisation uses: those of its country, and those that it chooses."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from inspections.edits import PacksNamed
from inspections.importing import load_from_record
from rules.organisation.country import country_of
from rules.organisation.model import Organisation
from rules.organisation.rule_checks import complaints
from rules.pack import Pack
from rules.rulebook import RuleBook
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.officer.rule_labels import LAYERS
from web.preferences import words
from web.rulebook import every_rulebook


@dataclass(frozen=True)
class Choices:
    """
    Packs by how they come to bind the organisation.

    Attributes:
        country: Apply in its country without being named.
        own: Published by the organisation itself.
        defaults: Habits of the product, on until they are left out.
        house: House packs that come with the product.
        practice: Off until named: what others in the trade do.
        from_memory: Off until named: what nobody read.
        abroad: Packs of other countries.
    """

    country: tuple[Pack, ...]
    own: tuple[Pack, ...]
    defaults: tuple[Pack, ...]
    house: tuple[Pack, ...]
    practice: tuple[Pack, ...]
    from_memory: tuple[Pack, ...]
    abroad: tuple[Pack, ...]

    @property
    def offered(self) -> tuple[Pack, ...]:
        """Those that a tick names; defaults are named to be left out."""
        return (*self.house, *self.practice, *self.from_memory, *self.abroad)


@blueprint.route("/packs", methods=["GET", "POST"])
@roles(*OFFICERS)
def packs() -> Page:
    """Choose the packs of the organisation."""
    organisation, book = load_from_record(session(), viewer().organisation), every_rulebook()
    choices = _choices(book, organisation.country)
    if request.method != "POST":
        return _page(choices, _ticked(choices, organisation.packs))
    if viewer().sites:
        abort(403, _("Packs bind every site, so only those who look after all sites choose them."))
    ticked = frozenset(request.form.getlist("pack"))
    if returning():
        return _page(choices, ticked)
    named = _named(choices, ticked)
    faults = _faults(organisation, named, book)
    if not faults and set(named) == set(organisation.packs):
        faults = nothing_new("pack")
    if faults:
        return _page(choices, ticked, faults), 422
    asked = Proposed(
        [PacksNamed(named)],
        _("Rule packs"),
        url_for("manage.packs"),
        _("The rule packs are saved and the plan follows them."),
    )
    return preview_page(asked)


def _page(
    choices: Choices, ticked: Collection[str], faults: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "manage/packs.html",
        choices=choices,
        ticked=ticked,
        faults=faults or {},
        layers=LAYERS,
        may_choose=not viewer().sites,
    )


def _choices(book: RuleBook, country: str) -> Choices:
    others = [pack for pack in book.packs if pack.id not in book.own and not pack.product_default]
    shared = [pack for pack in others if not pack.is_house]
    home = country_of(country)
    off = [pack for pack in shared if pack.opt_in and home in pack.countries]
    return Choices(
        country=_in_order(pack for pack in shared if pack.applies_in(country)),
        own=_in_order(pack for pack in book.packs if pack.id in book.own),
        defaults=_in_order(pack for pack in book.packs if pack.product_default),
        house=_in_order(pack for pack in others if pack.is_house),
        practice=_in_order(pack for pack in off if not _is_from_memory(pack)),
        from_memory=_in_order(pack for pack in off if _is_from_memory(pack)),
        abroad=_in_order(pack for pack in shared if home not in pack.countries),
    )


def _is_from_memory(pack: Pack) -> bool:
    return any(rule.source.grade == "C" for rule in pack.rules)


def _in_order(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    return tuple(sorted(packs, key=lambda pack: pack.id))


def _ticked(choices: Choices, named: Collection[str]) -> frozenset[str]:
    defaults = {pack.id for pack in choices.defaults if f"-{pack.id}" not in named}
    return frozenset({*named, *defaults})


def _named(choices: Choices, ticked: Collection[str]) -> tuple[str, ...]:
    """Return what the organisation file says: packs that are taken, defaults that are not."""
    taken = [pack.id for pack in choices.offered if pack.id in ticked]
    return (*taken, *(f"-{pack.id}" for pack in choices.defaults if pack.id not in ticked))


def _faults(organisation: Organisation, named: tuple[str, ...], book: RuleBook) -> dict[str, str]:
    data = {"country": organisation.country, "packs": list(named)}
    found = [words(each.message) + " " + words(each.remedy) for each in complaints(data, book)]
    return {"pack": " ".join(found)} if found else {}
