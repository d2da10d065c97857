"""Scripts that planners write: by version, undone, and refused where they cannot be, on both."""

from dataclasses import replace

import pytest

from inspections.drills.script_step import LEADER, Step
from inspections.drills.script_steps import steps_of
from inspections.drills.scripts import (
    ScriptChanged,
    ScriptOfAll,
    restore_script,
    save_script,
    script_in_force,
)
from inspections.importing import import_organisation
from inspections.models import AuditRow
from rules.faults import InputInvalid
from rules.organisation.loader import load_organisation
from rules.text import Text
from tests.inspections.drills.a_year import BEFORE, EXAMPLES, MALL, OFFICER

POWER = Text(zh="停电", en="Power cut")
LAMP = Step("during", LEADER, Text(zh="检查应急灯", en="Check the emergency lights"))
WHO = {"by": OFFICER, "now": BEFORE}


@pytest.fixture
def house(session):
    import_organisation(session, load_organisation(EXAMPLES / f"{MALL}.yaml"), now=BEFORE)
    return session


def test_a_script_is_kept_by_version_and_the_last_change_is_taken_back(house):
    written = save_script(house, POWER, [*steps_of(POWER), LAMP], seen=0, **WHO)

    back = restore_script(house, POWER, 0, seen=1, **WHO)

    other = script_in_force(house, MALL, None)
    assert LAMP == written.steps[-1]
    assert (steps_of(POWER), [2, 1]) == (back.steps, [one.number for one in back.versions])
    assert (0, steps_of(None)) == (other.number, other.steps)
    assert {"drill.script-saved", "drill.script-restored"} <= {
        row.action for row in house.query(AuditRow)
    }


def test_equal_steps_are_no_new_version(house):
    assert 0 == save_script(house, POWER, steps_of(POWER), seen=0, **WHO).number


def test_nobody_writes_over_what_they_have_not_seen_or_for_sites_of_others(house):
    save_script(house, POWER, [LAMP], seen=0, **WHO)

    with pytest.raises(ScriptChanged):
        save_script(house, POWER, steps_of(POWER), seen=0, **WHO)
    with pytest.raises(ScriptOfAll):
        restore_script(house, POWER, 0, seen=1, by=replace(OFFICER, sites=("store-a",)), now=BEFORE)


def test_a_script_tells_all_its_faults_at_once(house):
    long = Text(zh="长" * 501, en="long")

    with pytest.raises(InputInvalid) as refused:
        save_script(house, POWER, [Step("before", LEADER, long)], seen=0, **WHO)

    assert ["before", "during"] == [fault.field for fault in refused.value.faults]
