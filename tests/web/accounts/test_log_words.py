import re
from pathlib import Path

from web.audit.wording import ACTIONS, AREAS

INSPECTIONS = Path(__file__).parents[3] / "inspections"


def test_every_action_that_code_names_outright_has_words():
    text = "\n".join(path.read_text("utf-8") for path in INSPECTIONS.rglob("*.py"))
    named = set(re.findall(r'action="([a-z-]+\.[a-z-]+)"', text))

    assert len(named) > 10
    assert set() == named - ACTIONS.keys()


def test_every_action_stands_in_an_area_with_words():
    assert set() == {action.partition(".")[0] for action in ACTIONS} - AREAS.keys()
