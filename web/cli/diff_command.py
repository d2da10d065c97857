"""`xunjian rules diff`: what differs between two states of a pack, in words."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.output import print_json, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.comparing import Difference, Side
    from rules.pack import Pack
    from rules.rulebook import RuleBook

_HASH = re.compile(r"[0-9a-f]{6,64}")
_FILES = frozenset({".yaml", ".yml"})
_KINDS = {
    "added": Text(zh="新增", en="added"),
    "ended": Text(zh="终止", en="ended"),
    "changed": Text(zh="改动", en="changed"),
}
_SECTIONS = {
    "pack": Text(zh="规则包", en="pack"),
    "instrument": Text(zh="法规文件", en="instrument"),
    "parameter": Text(zh="参数", en="parameter"),
    "checklist": Text(zh="检查表", en="checklist"),
    "rule": Text(zh="规则", en="rule"),
}


@click.command(
    cls=Command,
    help=Text(
        zh="比较一个规则包的两个状态，逐条逐项说明新增、终止和改动。\n\n"
        "A、B 写成 PACK、PACK@日期 或 PACK@哈希；PACK 是规则包编号或 YAML 文件。"
        "带日期时比较当天施行的版本和参数；哈希是记录中保存的规则包文本（前 6 位以上）。\n\n"
        "退出码：0 没有不同，1 有不同，2 输入有误。",
        en="Compare two states of a rule pack: what was added, ended or changed, field by field."
        "\n\nA and B are written PACK, PACK@DATE or PACK@HASH; PACK is the id of a pack or a YAML "
        "file. With a date, the versions and figures in force on that day are compared; a hash "
        "names a text that the record keeps (6 digits or more).\n\nExit status: 0 where nothing "
        "differs, 1 where something does, 2 with bad input.",
    ),
    example="xunjian rules diff cn-food@2020-01-01 cn-food@2026-01-01",
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(
        zh="规则包编号先在这家单位发布的规则包中找。",
        en="Look for the id among the packs that this organisation published, too.",
    ),
)
@DATABASE
@JSON
def diff(
    before: str, after: str, *, organisation_id: str | None, database: str | None, as_json: bool
) -> None:
    """Compare two states of a pack."""
    from rules.comparing import differences

    sides: list[Side] = []
    faults: list[Fault] = []
    asked = _both(before, after, faults)
    day = next((each.on for each in asked if each.on is not None), None)
    source = _Source(organisation_id, database, as_json=as_json)
    for each in asked:
        try:
            sides.append(source.side(each, day))
        except InputInvalid as invalid:
            faults += invalid.faults
    if faults:
        refuse(faults, as_json=as_json)
    found = differences(*sides)
    if as_json:
        print_json([_data(each) for each in found])
    else:
        _print(found)
    raise SystemExit(1 if found else 0)


def _both(before: str, after: str, faults: list[Fault]) -> "list[_Asked]":
    asked = []
    for text in (before, after):
        try:
            asked.append(_Asked.of(text))
        except InputInvalid as invalid:
            faults += invalid.faults
    return asked


class _Asked:
    """One side as written: pack, and day or hash."""

    def __init__(self, pack: str, on: date | None, digest: str) -> None:
        self.pack, self.on, self.digest = pack, on, digest

    @classmethod
    def of(cls, text: str) -> "_Asked":
        """
        Read one side.

        Raises:
            InputInvalid: If what stands behind the `@` is neither a day nor a hash.
        """
        pack, _, when = text.rpartition("@")
        if not pack or Path(text).suffix in _FILES:
            return cls(text, None, "")
        try:
            return cls(pack, date.fromisoformat(when), "")
        except ValueError:
            if _HASH.fullmatch(when):
                return cls(pack, None, when)
        raise InputInvalid([_neither(pack, when)])


class _Source:
    """Finds packs: built-in ones, files, and texts that the record keeps."""

    def __init__(self, organisation: str | None, database: str | None, *, as_json: bool) -> None:
        self._organisation, self._database, self._as_json = organisation, database, as_json
        self._book: RuleBook | None = None

    def side(self, asked: _Asked, day: date | None) -> "Side":
        """Return the state; a side without a day takes that of the other one."""
        from rules.comparing import Side

        book, pack = self._pack(asked)
        return Side(pack, None if asked.digest else asked.on or day, book)

    def _pack(self, asked: _Asked) -> "tuple[RuleBook, Pack]":
        from rules.loader import pack_of

        if asked.digest:
            text = self._kept(asked)
        elif Path(asked.pack).suffix in _FILES:
            text = _read(Path(asked.pack))
        else:
            return self._known(asked.pack)
        pack = pack_of(text, asked.pack)
        return self._books().with_own({pack.id: (pack, text)}), pack

    def _books(self) -> "RuleBook":
        from inspections.published_packs import rulebook_for
        from rules.loader import load_rulebook

        if self._book is None:
            self._book = load_rulebook()
            if self._organisation is not None:
                from inspections.errors import NotFound

                with open_record(self._database, as_json=self._as_json)() as session:
                    try:
                        self._book = rulebook_for(session, self._organisation, self._book)
                    except NotFound as missing:
                        remedy = Text(zh="请检查编号。", en="Check the id.")
                        raise InputInvalid(
                            [option_fault("--organisation", missing.text, remedy)]
                        ) from missing
        return self._book

    def _known(self, name: str) -> "tuple[RuleBook, Pack]":
        book = self._books()
        found = next((pack for pack in book.packs if pack.id == name), None)
        if found is None:
            message = Text(zh=f"没有规则包 {name}。", en=f"There is no rule pack {name}.")
            names = ", ".join(pack.id for pack in book.packs)
            raise InputInvalid(
                [_fault(message, Text(zh=f"已有：{names}。", en=f"Known: {names}."))]
            )
        return book, found

    def _kept(self, asked: _Asked) -> str:
        """Return the text with the hash: of a built-in pack, else one that the record keeps."""
        from inspections.kept_inputs import kept_packs

        texts = {sha256(text.encode()).hexdigest(): text for text in self._books().texts.values()}
        found = {digest: text for digest, text in texts.items() if digest.startswith(asked.digest)}
        if not found:
            with open_record(self._database, as_json=self._as_json)() as session:
                found = dict(kept_packs(session, asked.digest))
        if len(found) == 1:
            return next(iter(found.values()))
        count = len(found)
        message = Text(
            zh=f"有 {count} 个规则包文本的哈希以 {asked.digest} 开头。",
            en=f"{count} texts of packs have a hash that begins with {asked.digest}.",
        )
        remedy = Text(
            zh="请写更多位；或检查 --database。", en="Write more digits, or check --database."
        )
        raise InputInvalid([_fault(message, remedy)])


def _read(path: Path) -> str:
    from rules.yaml_document import read_document

    return read_document(path).text


def _neither(pack: str, when: str) -> Fault:
    message = Text(
        zh=f"{pack}@ 之后的 {when} 既不是日期，也不是哈希。",
        en=f"{when} behind {pack}@ is neither a date nor a hash.",
    )
    remedy = Text(
        zh="请写 2026-01-01 这样的日期，或 6 位以上的小写十六进制哈希。",
        en="Write a date like 2026-01-01, or 6 or more hexadecimal digits in lower case.",
    )
    return _fault(message, remedy)


def _fault(message: Text, remedy: Text) -> Fault:
    return option_fault("A B", message, remedy)


def _data(each: "Difference") -> dict[str, Any]:
    return {
        "section": each.section,
        "id": each.id,
        "title": say(each.title),
        "kind": each.kind,
        "fields": [
            {
                "field": one.field,
                "label": say(one.label),
                "before": say(one.before),
                "after": say(one.after),
            }
            for one in each.fields
        ],
    }


def _print(found: "tuple[Difference, ...]") -> None:
    if not found:
        click.echo(say(Text(zh="没有不同。", en="Nothing differs.")))
        return
    for each in found:
        kind, section = say(_KINDS[each.kind]), say(_SECTIONS[each.section])
        click.echo(f"{kind} {section} {each.id}: {say(each.title)}")
        for one in each.fields:
            known = say(one.label)
            since = one.field.split(".", 1)[0]
            when = f"{since} " if since[:1].isdigit() else ""
            click.echo(f"    {when}{known}: {say(one.before)} → {say(one.after)}")
    counts = {kind: sum(each.kind == kind for each in found) for kind in _KINDS}
    click.echo(
        say(
            Text(
                zh=f"新增 {counts['added']}，终止 {counts['ended']}，改动 {counts['changed']}。",
                en=f"{counts['added']} added, {counts['ended']} ended, "
                f"{counts['changed']} changed.",
            )
        )
    )
