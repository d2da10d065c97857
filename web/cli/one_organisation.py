"""The organisation that a command asks about: from its file, or from the record."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import option
from web.cli.output import refuse
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook


# What commands take that read an organisation file or, without one, the record.
ORGANISATION_FILE = click.argument(
    "organisation_file", metavar="[ORG.yaml]", required=False, type=click.Path(path_type=Path)
)
ORGANISATION = option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="记录中的单位；只有一个时可省。", en="Of the record; needed if it has several."),
)


def organisation_asked_for(
    file: Path | None,
    url: str | None,
    wanted: str | None,
    *,
    faults: Sequence[Fault],
    as_json: bool,
) -> "tuple[RuleBook, Organisation]":
    """Return what *file* holds, else the record; refuse with *faults* and those of reading it."""
    try:
        if file is not None:
            return organisation_from_file(file)
        return organisation_from_record(url, wanted, as_json=as_json)
    except InputInvalid as invalid:
        refuse([*faults, *invalid.faults], as_json=as_json)


def organisation_from_file(path: Path) -> "tuple[RuleBook, Organisation]":
    """
    Return the organisation of a file with the packs that bind it.

    Raises:
        InputInvalid: If the file or a pack is faulty.
    """
    from rules.loader import load_rulebook
    from rules.organisation.loader import load_organisation

    every = load_rulebook()
    organisation = load_organisation(path, every)
    return every.for_organisation(organisation), organisation


def organisation_from_record(
    url: str | None, wanted: str | None, *, site: str | None = None, as_json: bool
) -> "tuple[RuleBook, Organisation]":
    """
    Return the one organisation of the record that is *wanted*, or that has the *site*.

    Raises:
        InputInvalid: If there is none, or several.
    """
    from inspections.importing import load_from_record, organisations
    from inspections.last_performed import with_last_performed
    from inspections.published_packs import rulebook_for
    from rules.loader import load_rulebook
    from web.cli.record import open_record

    with open_record(url, as_json=as_json)() as session:
        known = [each for each in organisations(session) if wanted in {None, each}]
        loaded = [load_from_record(session, each) for each in known]
        having = [
            each for each in loaded if site is None or any(one.id == site for one in each.sites)
        ]
        if len(having) != 1:
            raise InputInvalid([_not_one(site, [each.id for each in having])])
        rulebook = rulebook_for(session, having[0].id, load_rulebook())
        return rulebook, with_last_performed(session, having[0], rulebook)


def _not_one(site: str | None, having: list[str]) -> Fault:
    where_zh, where_en = (f"场所 {site}", f"a site {site}") if site else ("这个单位", "it")
    if having:
        names = ", ".join(having)
        message = Text(
            zh=f"有几个单位：{names}。", en=f"Several organisations have {where_en}: {names}."
        )
        remedy = Text(zh="请写 --organisation。", en="Name one by --organisation.")
        return option_fault("--organisation", message, remedy)
    message = Text(zh=f"记录中没有{where_zh}。", en=f"The record does not have {where_en}.")
    remedy = Text(
        zh="请核对编号，或先写单位文件 ORG.yaml。",
        en="Check its id, or name an organisation file ORG.yaml.",
    )
    return option_fault("--organisation", message, remedy)
