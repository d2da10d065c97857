"""`xunjian rules schema`: the JSON Schema of rule packs, for editors."""

import sys
from pathlib import Path

import click

from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.output import print_json, refuse, say
from web.cli.usage import option_fault


@click.command(
    "schema",
    cls=Command,
    help=Text(
        zh="输出规则包的 JSON Schema，供编辑器补全和标错；由模型和词汇表生成。\n\n"
        "在规则包首行写 # yaml-language-server: $schema=路径，编辑器即可使用。\n\n"
        "退出码：0 正常，1 加 --check 而文件已过时，2 文件无法读写。",
        en="Print the JSON Schema of rule packs, made from the models and the vocabulary, with "
        "which editors complete and mark.\n\nWrite # yaml-language-server: $schema=PATH on the "
        "first line of a pack and the editor uses it.\n\nExit status: 0 fine, 1 with --check where "
        "the file is out of date, 2 where it cannot be read or written.",
    ),
    example="xunjian rules schema --write",
)
@option(
    "--write",
    is_flag=True,
    help=Text(zh="写入文件。", en="Write it to the file."),
)
@option(
    "--check",
    is_flag=True,
    help=Text(zh="只看文件是否最新。", en="Only tell whether the file is up to date."),
)
@option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=Text(
        zh="文件；默认 docs/reference/rule-pack.schema.json。",
        en="The file; docs/reference/rule-pack.schema.json if not given.",
    ),
)
@JSON
def schema(*, write: bool, check: bool, file: Path | None, as_json: bool) -> None:
    """Print, write or compare the JSON Schema of rule packs."""
    from rules.authoring.pack_schema import SCHEMA_FILE, schema_text

    path = file or SCHEMA_FILE
    text = schema_text()
    if not write and not check:
        click.echo(text, nl=False)
        return
    try:
        current = path.is_file() and path.read_text(encoding="utf-8") == text
        if write and not current:
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        message = Text(
            zh=f"{path} 无法读写。", en=f"{path} cannot be read or written ({error.strerror})."
        )
        remedy = Text(zh="请检查路径和权限。", en="Check the path and its permissions.")
        refuse([option_fault("--file", message, remedy)], as_json=as_json)
    fine = write or current
    if as_json:
        print_json({"file": str(path), "up_to_date": fine, "written": write and not current})
    else:
        click.echo(say(_UP_TO_DATE if fine else _OUT_OF_DATE) + f" {path}")
    sys.exit(0 if fine else 1)


_UP_TO_DATE = Text(zh="已是最新：", en="Up to date:")
_OUT_OF_DATE = Text(
    zh="已过时，请运行 xunjian rules schema --write：", en="Out of date, run with --write:"
)
