"""Rows of Today that one walk serves stand as one."""

from datetime import UTC, datetime, timedelta

from inspections.rounds.served import walks
from inspections.rounds.today import TodayRow
from inspections.rules_in_force import RuleInForce
from rules.loader import load_rulebook
from rules.text import Text

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BOOK = load_rulebook()
T = Text(zh="一", en="one")


def _rule(checklist="yard", count=1, excludes=()):
    """A rule of the built-in packs, asking for *checklist* by *count* people."""
    rule = next(rule for rule in BOOK.rules.values() if rule.versions)
    people = rule.versions[0].people.model_copy(update={"count": count, "excludes": excludes})
    version = rule.versions[0].model_copy(update={"checklist": checklist, "people": people})
    return RuleInForce(rule, version)


def _row(number, *, opens=-1, due=5, closes=None, key="yard", answered=0):
    return TodayRow(
        id=number,
        on=(1, "place", key),
        site_name=T,
        target=T,
        rule=str(number),
        state="scheduled",
        opens_at=NOW + timedelta(hours=opens),
        due_at=NOW + timedelta(hours=due),
        closes_at=NOW + timedelta(hours=closes or due),
        answered=answered,
    )


def _ids(*rows):
    return [[row.id for row, _ in walk.rows] for walk in walks(rows, now=NOW)]


def test_rows_with_one_target_and_checklist_stand_as_one():
    first, second = _row(1, due=5), _row(2, due=9)

    walk = walks([(first, _rule()), (second, _rule())], now=NOW)[0]

    assert [first, second] == [row for row, _ in walk.rows]
    assert first is walk.lead


def test_the_row_that_was_begun_leads():
    walk = walks([(_row(1), _rule()), (_row(2, due=9, answered=3), _rule())], now=NOW)[0]

    assert 2 == walk.lead.id


def test_other_targets_checklists_and_numbers_of_people_stand_apart():
    assert [[1], [2], [3], [4]] == _ids(
        (_row(1), _rule()),
        (_row(2, key="kitchen"), _rule()),
        (_row(3), _rule("roof")),
        (_row(4), _rule(count=2)),
    )


def test_rows_without_a_checklist_of_their_own_stand_apart():
    assert [[1], [2], [3], [4]] == _ids(
        (_row(1), _rule(None)), (_row(2), _rule(None)), (_row(3), None), (_row(4), None)
    )


def test_a_re_check_stands_apart():
    assert [[1], [2]] == _ids((_row(1), _rule()), (_row(2), _rule(excludes=("rectifier",))))


def test_a_walk_now_does_not_serve_what_opens_later():
    assert [[1], [2]] == _ids((_row(1), _rule()), (_row(2, opens=2), _rule()))


def test_windows_that_open_later_stand_as_one_where_they_overlap():
    rows = [_row(1, opens=1, due=4), _row(2, opens=3, due=6), _row(3, opens=5, due=8)]

    assert [[1, 2], [3]] == _ids(*((row, _rule()) for row in rows))


def test_a_missed_row_is_made_up_alone():
    missed, late = _row(1, opens=-9, due=-3), _row(2, opens=-9, due=-2, closes=3)

    assert [[1], [2, 3]] == _ids((missed, _rule()), (late, _rule()), (_row(3), _rule()))


def test_a_round_and_the_next_one_of_the_day_stand_apart():
    first, second = _row(1, opens=2, due=4, closes=5), _row(2, opens=4, due=6)

    assert [[1], [2]] == _ids((first, _rule()), (second, _rule()))
