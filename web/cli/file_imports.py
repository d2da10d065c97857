"""What the commands that import files share: their options, reading, saving and writing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import option
from web.cli.output import print_json, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.database import Session
    from inspections.editing import Editor
    from rules.organisation.model import Organisation, Site

ORGANISATION = option(
    "--organisation",
    "organisation_id",
    required=True,
    metavar="ID",
    help=Text(zh="哪个单位。", en="Which one."),
)
SITES = option(
    "--site",
    "sites",
    multiple=True,
    metavar="ID",
    help=Text(zh="哪些场所；默认全部。", en="Which sites; all of them if not given."),
)
DRY_RUN = option(
    "--dry-run",
    is_flag=True,
    help=Text(zh="只显示变化，不写入。", en="Show what would change, write nothing."),
)
OUT = option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=Text(zh="写到哪个文件。", en="File to write."),
)


def is_ics(file: Path) -> bool:
    """Tell whether *file* is an iCalendar file by its name."""
    return file.suffix.lower() in {".ics", ".ical"}


def organisation_of(session: "Session", key: str, *, as_json: bool) -> "Organisation":
    """Return the organisation; leave with status 2 where the record has none of this id."""
    from inspections.errors import NotFound
    from inspections.importing import load_from_record, organisations

    try:
        return load_from_record(session, key)
    except NotFound as missing:
        known = ", ".join(organisations(session))
        remedy = Text(
            zh=f"已有的单位：{known or '无，请先导入'}。",
            en=f"Known organisations: {known or 'none yet; import one first'}.",
        )
        refuse([option_fault("--organisation", missing.text, remedy)], as_json=as_json)


def save_edit(session: "Session", present: "Organisation", edit: Any, *, editor: "Editor") -> None:
    """Save *edit* and plan anew, as the pages do."""
    from inspections.editing import carry_out, digest_of
    from inspections.published_packs import rulebook_for
    from rules.loader import load_rulebook

    book = rulebook_for(session, present.id, load_rulebook())
    before = digest_of(present)
    carry_out(session, book, [edit], editor=editor, before=before, now=datetime.now(UTC))


def write_workbook(  # noqa: PLR0913 (options of a command, named at the call)
    out: Path,
    organisation_id: str | None,
    *,
    empty: Callable[[], bytes],
    filled: Callable[[Sequence["Site"]], bytes],
    database: str | None,
    as_json: bool,
) -> None:
    """Write an *empty* workbook with examples, or one *filled* with what an organisation has."""
    if organisation_id is None:
        return write_file(out, empty(), as_json=as_json)
    with open_record(database, as_json=as_json)() as session:
        sites = organisation_of(session, organisation_id, as_json=as_json).sites
    return write_file(out, filled(sites), as_json=as_json)


def write_file(out: Path, content: bytes, *, as_json: bool) -> None:
    """Write *content* to *out* and say so; leave with status 2 where it cannot be written."""
    try:
        out.write_bytes(content)
    except OSError as error:
        message = Text(zh=f"不能写入 {out}。", en=f"{out} cannot be written ({error.strerror}).")
        remedy = Text(zh="请换一个文件名。", en="Name another file.")
        refuse([option_fault("--out", message, remedy)], as_json=as_json)
    if as_json:
        print_json({"file": str(out)})
    else:
        click.echo(say(Text(zh=f"已写入 {out}。", en=f"Wrote {out}.")))


def bytes_of(file: Path) -> bytes:
    """
    Return what *file* holds.

    Raises:
        InputInvalid: If it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        message = Text(zh="不能读取这个文件。", en=f"This file cannot be read ({error.strerror}).")
        remedy = Text(zh="请检查路径。", en="Check the path.")
        raise InputInvalid([Fault(str(file), 1, "", message, remedy)]) from error


def chosen_sites(
    present: "Organisation", wanted: tuple[str, ...], *, as_json: bool
) -> tuple[str, ...]:
    """Return the *wanted* sites, or all; leave with status 2 where one is not there."""
    known = [site.id for site in present.sites]
    unknown = [site for site in wanted if site not in known]
    if unknown:
        _refuse_site(unknown[0], known, as_json=as_json)
    return wanted or tuple(known)


def _refuse_site(site: str, known: list[str], *, as_json: bool) -> NoReturn:
    names = ", ".join(known[:12])
    message = Text(zh=f"没有场所 {site}。", en=f"There is no site {site}.")
    remedy = Text(zh=f"已有：{names}。", en=f"Known: {names}.")
    refuse([option_fault("--site", message, remedy)], as_json=as_json)
