from pathlib import Path

from sqlalchemy import select

from inspections.demonstration.wishes import enter_wishes
from inspections.importing import import_organisation
from inspections.models import DutyBondRow, DutyWishRow
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from tests.inspections.handovers.a_gate import START

MALLS = Path(__file__).parents[3] / "examples" / "mall-group.yaml"


def test_the_demonstration_enters_its_wishes_once(session):
    import_organisation(session, load_organisation(MALLS, load_rulebook()), now=START)

    counts = [enter_wishes(session, "mall-group", now=START, seed=1) for _run in range(2)]

    kinds = session.scalars(select(DutyWishRow.kind)).all()
    apart = session.scalars(select(DutyBondRow.kind)).all()
    assert 0 < counts[0] == len(kinds)
    assert 0 == counts[1]
    assert {"off", "stand", "avoid"} == set(kinds)
    assert {"apart"} == set(apart)
    assert len(kinds) == 3 * len(apart)
