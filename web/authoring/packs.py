"""The organisation's own packs: published ones, and built-in ones to start from."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from inspections.published_packs import published_packs
from rules.pack import Pack
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.authoring.blueprint import blueprint
from web.authoring.who import who
from web.database import session
from web.officer.rule_labels import LAYERS
from web.rulebook import rulebook, whole_rulebook


@dataclass(frozen=True)
class OwnPack:
    """
    A pack of the layers group or site that binds the organisation.

    Attributes:
        published: Nothing for a built-in one that was never changed here.
    """

    id: str
    title: Text
    layer: str
    version: str
    rules: int
    published: tuple[datetime, str, str] | None


@blueprint.get("/")
@roles(*OFFICERS)
def packs() -> str:
    """Show the packs that are the organisation's own, and those it could start from."""
    published = {
        each.pack: (each.at, each.by, each.note)
        for each in published_packs(session(), viewer().organisation)
    }
    own = [_own(pack, published.get(pack.id)) for pack in rulebook().packs if pack.is_house]
    named = {pack.id for pack in own}
    others = [
        _own(pack, None)
        for pack in whole_rulebook().packs
        if pack.is_house and pack.id not in named
    ]
    return render_template(
        "authoring/packs.html", own=own, others=others, layer_words=LAYERS, who=who()
    )


def _own(pack: Pack, published: tuple[datetime, str, str] | None) -> OwnPack:
    return OwnPack(
        pack.id,
        pack.title,
        pack.layer,
        pack.version.isoformat(),
        len(pack.rules),
        published,
    )
