from math import inf

from benchmarks.roster_rows import Row, keep_row, read_rows
from benchmarks.roster_summary import comparison, summary
from benchmarks.roster_table import cost_at, primal_integral, proved_gap, table


def _row(contender="xunjian", trace=(), **figures):
    costs = [price for _, price, _ in trace if price is not None]
    usual = {
        "version": "a",
        "instance": 4,
        "seed": 1,
        "limit": 10.0,
        "date": "2026-11-23 08:00",
        "wall": 10.0,
        "cpu": 18.0,
        "others": 0.5,
        "peak_mb": 300.0,
        "cost": min(costs, default=None),
        "bound": None,
        "violations": 0 if costs else 3,
        "rosters": len(costs),
        "wrong_claims": 0,
    }
    return Row(contender=contender, trace=list(trace), **{**usual, **figures})


def test_seconds_are_weighed_by_how_far_the_roster_of_the_moment_is_off():
    row = _row(trace=[(1.0, None, 50), (2.0, 200, 50), (4.0, 100, 100)])

    weighed = primal_integral(row, best=100)

    # Nothing for two seconds, then half of the cost too much for two more.
    assert 2 * 1.0 + 2 * 0.5 == weighed


def test_a_run_without_a_roster_is_off_all_the_time():
    assert 10.0 == primal_integral(_row(), best=100)


def test_what_is_told_after_the_limit_does_not_count_in_the_integral():
    late = _row(trace=[(5.0, 200, None), (10.4, 100, None)])

    assert 5 * 1.0 + 5 * 0.5 == primal_integral(late, best=100)


def test_only_rosters_told_by_then_count_at_ten_seconds():
    row = _row(trace=[(9.0, 300, None), (11.0, 200, None)], limit=60.0)

    assert (inf, 300, 200) == (cost_at(row, 8.0), cost_at(row, 10.0), cost_at(row, 60.0))


def test_the_proved_gap_is_a_share_of_the_own_cost():
    assert 0.25 == proved_gap(_row(trace=[(1.0, 400, 300)], bound=300))
    assert inf == proved_gap(_row(trace=[(1.0, 400, None)]))


def test_the_table_shows_the_median_and_the_worst_seed():
    costs = (1716, 1887, 3432)
    rows = [
        _row(trace=[(5.0, cost, 1716)], seed=seed, bound=1716)
        for seed, cost in enumerate(costs, start=1)
    ]

    line = table(rows)[-1]

    assert line.startswith("| 4 | xunjian | 10.0% / 100.0% | 10.0% / 100.0% |")
    assert line.endswith("| 300 | 0 |")


def test_a_contender_without_a_legal_roster_is_named_so():
    line = table([_row("timefold")])[-1]

    assert "| none / none | none / none | 10.00 / 10.00 | none / none | 300 | 3 |" in line


def test_an_instance_without_a_published_cost_is_measured_from_the_best_run():
    rows = [
        _row(trace=[(1.0, 100, None)], instance=99),
        _row("timefold", trace=[(1.0, 150, None)], instance=99),
    ]

    ours, theirs = table(rows)[-2:]

    assert ours.startswith("| 99* | xunjian | 0.0% / 0.0% |")
    assert theirs.startswith("| 99* | timefold | 50.0% / 50.0% |")


def test_each_peer_is_told_where_ours_is_ahead_even_and_behind():
    rows = [
        _row(trace=[(5.0, 1716, None)], instance=4),
        _row("timefold", trace=[(5.0, 1716, None)], instance=4),
        _row(trace=[(5.0, 1300, None)], instance=8),
        _row("timefold", instance=8),
    ]

    told = comparison(rows, "xunjian")

    assert 1 == len(told)
    assert "at 10 s better on 1, even on 1, worse on 0" in told[0]


def test_the_summary_says_how_much_of_the_machine_others_took():
    rows = [
        _row(trace=[(5.0, 1716, None)], others=1.0),
        _row("timefold", others=4.0, rosters=7, wrong_claims=2),
        _row(limit=60.0, wall=60.0),
    ]

    lines = list(summary(rows, cores=2))

    ten, sixty = (line for line in lines if line.startswith("2026-11-23: "))
    assert "10 s a run" in ten
    assert ten.endswith("at most 20%")
    assert "60 s a run" in sixty
    assert "- timefold: 7 rosters rescored, 2 of them priced otherwise than it said." in lines


def test_a_run_is_known_again_until_its_contender_changes(tmp_path):
    file = tmp_path / "rows.jsonl"
    before, after = (_row(trace=[(1.0, 9, None)], version=each) for each in ("a", "b"))

    keep_row(file, before)
    keep_row(file, _row(seed=2))
    known_before = read_rows(file)
    keep_row(file, after)
    known_after = read_rows(file)

    assert before.key() in known_before
    assert after.key() not in known_before
    assert before.key() not in known_after
    assert [1, 2] == sorted(row.seed for row in known_after.values())
