"""`xunjian rules test`: what the examples of packs prove, and what they fail to notice."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.bilingual import JSON, Command, option
from web.cli.output import print_json, print_table, refuse, say

if TYPE_CHECKING:
    from rules.proof.report import PackProof, RuleProof
    from rules.rulebook import RuleBook

NEGATIVE = 1


@click.command(
    "test",
    cls=Command,
    help=Text(
        zh="运行规则包的例子，说明每个条件是否见过成立与不成立两种情形。\n\n"
        "加 --mutation 时逐一改动每条规则的条件（比较反转、阈值移动最小一步、去掉条件、"
        "“全部”与“其一”互换），看例子能否察觉；加 --suggest 时写出所缺的例子。\n\n"
        "不给路径时检验全部内置规则包。退出码：0 通过，1 有例子失败或改动无人察觉，2 规则包有误。",
        en="Run the examples of rule packs and tell which conditions they have seen true and "
        "false.\n\nWith --mutation every condition of every rule is changed (comparisons turned, "
        "thresholds moved by the smallest step, conditions left out, all and any exchanged) to "
        "see whether the examples notice; --suggest writes the examples that are missing.\n\n"
        "Without PATHS every built-in pack. Exit status: 0 fine, 1 where an example fails or a "
        "change goes unnoticed, 2 where a pack is faulty.",
    ),
    example="xunjian rules test rules/packs/cn --mutation --json",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--mutation",
    is_flag=True,
    help=Text(zh="改动条件，看例子能否察觉。", en="Change conditions: do examples notice?"),
)
@option(
    "--suggest",
    is_flag=True,
    help=Text(zh="写出所缺的例子（含 --mutation）。", en="Write missing examples (and mutate)."),
)
@JSON
def test(paths: tuple[Path, ...], *, mutation: bool, suggest: bool, as_json: bool) -> None:
    """Run the examples of rule packs and tell what they prove."""
    from rules.proof.packs_under_test import packs_under_test
    from rules.proof.report import proof_of

    try:
        rulebook, packs = packs_under_test(paths)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    proofs = proof_of(rulebook, packs, mutate=mutation or suggest)
    lacking = _lacking(proofs, rulebook) if suggest else {}
    if as_json:
        print_json({"packs": [_pack_data(proof) for proof in proofs], "suggestions": lacking})
    else:
        _print(proofs, lacking)
    negative = any(proof.failed for proof in proofs) or any(map(_survivors, proofs))
    sys.exit(NEGATIVE if negative else 0)


def _survivors(proof: "PackProof") -> int:
    return sum(len(each.mutation.survivors) for each in proof.rules if each.mutation)


def _made(proof: "PackProof") -> int:
    """Count the mutants that an example can notice."""
    reports = [each.mutation for each in proof.rules if each.mutation]
    return sum(report.made - len(report.equivalent) for report in reports)


def _lacking(proofs: Sequence["PackProof"], rulebook: "RuleBook") -> dict[str, list[str]]:
    from rules.authoring.flow_yaml import flow
    from rules.proof.suggestions import suggestions

    unproved = [
        each.rule
        for proof in proofs
        for each in proof.rules
        if (each.mutation and each.mutation.survivors) or _unseen(each)
    ]
    return {
        rule.id: [f"- {flow(example)}" for example in suggestions(rulebook, rule)]
        for rule in unproved
    }


def _pack_data(proof: "PackProof") -> dict[str, Any]:
    from rules.proof.report import percent

    return {
        "pack": proof.pack.id,
        "rules": len(proof.rules),
        "examples": proof.examples,
        "failed": [
            {"rule": each.rule.id, "example": each.index, "message": say(each.message)}
            for each in proof.failed
        ],
        "outcomes": proof.outcomes,
        "outcomes_seen": proof.outcomes_seen,
        "coverage_percent": percent(proof.outcomes_seen, proof.outcomes),
        "unseen": [unseen for each in proof.rules for unseen in _unseen(each)],
        "mutants": _made(proof),
        "unnoticed": [
            {"rule": each.rule.id, "kind": one.mutant.kind, "change": say(one.mutant.text)}
            for each in proof.rules
            if each.mutation
            for one in each.mutation.survivors
        ],
        "equivalent": [
            {"rule": each.rule.id, "change": say(one.mutant.text), "reason": say(_reason(one))}
            for each in proof.rules
            if each.mutation
            for one in each.mutation.equivalent
        ],
    }


def _unseen(proof: "RuleProof") -> list[dict[str, Any]]:
    return [
        {"rule": proof.rule.id, "condition": say(one.text), "true": one.true, "false": one.false}
        for one in proof.conditions
        if one.outcomes < 2
    ]


def _reason(equivalent: Any) -> Text:
    if equivalent.proved:
        return Text(
            zh="试遍所有可区分的情形，答案都相同：这个条件是多余的。",
            en="Every situation that could differ was tried and answers alike: the condition is "
            "superfluous.",
        )
    return Text(
        zh="在例子附近的所有情形中答案都相同。",
        en="Every situation around the examples answers alike.",
    )


def _print(proofs: Sequence["PackProof"], lacking: dict[str, list[str]]) -> None:
    columns = (
        Text(zh="规则包", en="pack"),
        Text(zh="规则", en="rules"),
        Text(zh="例子", en="examples"),
        Text(zh="失败", en="failed"),
        Text(zh="条件情形", en="outcomes seen"),
        Text(zh="察觉的改动", en="changes noticed"),
    )
    title = Text(zh="例子证明了什么", en="What the examples prove")
    print_table(say(title), [say(column) for column in columns], map(_row, proofs))
    for proof in proofs:
        for failed in proof.failed:
            click.echo(f"{failed.rule.id}: {say(failed.message)}", err=True)
        for each in proof.rules:
            _print_rule(each)
    for rule_id, lines in lacking.items():
        click.echo(f"\n# {rule_id}")
        click.echo("\n".join(lines))


def _print_rule(proof: "RuleProof") -> None:
    if proof.mutation is None:
        for unseen in _unseen(proof):
            missing = Text(
                zh="未见成立" if not unseen["true"] else "未见不成立",
                en="never seen true" if not unseen["true"] else "never seen false",
            )
            click.echo(f"{proof.rule.id}: {unseen['condition']}: {say(missing)}")
        return
    for survivor in proof.mutation.survivors:
        words = Text(
            zh=f"无人察觉：{survivor.mutant.text.zh}", en=f"unnoticed: {survivor.mutant.text.en}"
        )
        click.echo(f"{proof.rule.id}: {say(words)}")
    for same in proof.mutation.equivalent:
        click.echo(f"{proof.rule.id}: {say(same.mutant.text)}: {say(_reason(same))}")


def _row(proof: "PackProof") -> tuple[str, ...]:
    from rules.proof.report import percent

    made, left = _made(proof), _survivors(proof)
    seen = (
        f"{proof.outcomes_seen}/{proof.outcomes} = {percent(proof.outcomes_seen, proof.outcomes)}%"
    )
    noticed = f"{made - left}/{made} = {percent(made - left, made)}%" if made else "–"
    return (
        proof.pack.id,
        str(len(proof.rules)),
        str(proof.examples),
        str(len(proof.failed)),
        seen,
        noticed,
    )
