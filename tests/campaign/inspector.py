"""An inspector who walks through the checks of the day as chance has it."""

from copy import deepcopy
from random import Random

from tests.campaign.run_page import RunPage

_PASS_FAIL = ("door", "leak")
_READING = "level"
_CHOICE = "lamp"
_REMARK = "remark"
_VIEW = "view"
_BAND = range(9)
_WORDS = ("漏水", "灯不亮", "loose hinge", "有异味，已通风", "第二次出现")


class Inspector:
    """
    Does to a run page what inspectors do, in any order.

    Attributes:
        random: Where every choice comes from; the same seed walks the same way.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self._numbers = iter(range(1, 65_536))

    def touch(self, page: RunPage) -> str:
        """Do one thing to the page and say what it was."""
        deeds = (
            (self._judge, 6),
            (self._read, 3),
            (self._lamp, 3),
            (self._photograph, 3),
            (self._explain, 2),
            (self._remark, 1),
            (self._change_mind, 2),
            (self._measure_again, 1),
        )
        (deed,) = self.random.choices([one for one, _ in deeds], [weight for _, weight in deeds])
        return deed(page)

    def complete(self, page: RunPage) -> None:
        """Answer what is still open, sign and finish."""
        for name in _PASS_FAIL:
            if page.told.item(name).value is None:
                page.choose(name, "pass", fails=False)
        if page.told.item(_READING).value is None:
            page.read(_READING, 4, fails=False)
        if page.told.item(_CHOICE).value is None:
            page.choose(_CHOICE, "lit", fails=False)
        if page.told.item(_CHOICE).value == "dark" and page.told.item("swap").value is None:
            page.choose("swap", "pass", fails=False)
        assert page.sign_and_finish(self.random), "required items are open though all have answers"

    def _judge(self, page: RunPage) -> str:
        name = self.random.choice(_PASS_FAIL)
        value = self.random.choice(("pass", "fail", "na"))
        page.choose(name, value, fails=value == "fail")
        return f"{name} is {value}"

    def _read(self, page: RunPage) -> str:
        value = self.random.randrange(14)
        page.read(_READING, value, fails=value not in _BAND)
        return f"reads {value}"

    def _measure_again(self, page: RunPage) -> str:
        return "measures again" if page.read_again(_READING) else "has nothing to measure again"

    def _lamp(self, page: RunPage) -> str:
        value = self.random.choice(("lit", "dark"))
        page.choose(_CHOICE, value, fails=value == "dark")
        if value == "dark":
            tube = self.random.choice(("pass", "fail"))
            page.choose("swap", tube, fails=tube == "fail")
        else:
            # Asked no more: whatever was answered counts no longer.
            page.told.items.pop("swap", None)
        return f"the lamp is {value}"

    def _photograph(self, page: RunPage) -> str:
        number = next(self._numbers)
        failed = [name for name in _PASS_FAIL if page.told.item(name).fails]
        name = self.random.choice([_VIEW, *failed])
        kept = page.photograph(name, number)
        return f"picture {number} of {name}" + ("" if kept else ", for which there is no room")

    def _explain(self, page: RunPage) -> str:
        failed = [name for name in _PASS_FAIL if page.told.item(name).fails]
        if not failed:
            return "has nothing to explain"
        name, words = self.random.choice(failed), self.random.choice(_WORDS)
        page.explain(name, words)
        return f"explains {name}"

    def _remark(self, page: RunPage) -> str:
        page.write(_REMARK, self.random.choice(_WORDS))
        return "writes a remark"

    def _change_mind(self, page: RunPage) -> str:
        name = self.random.choice(_PASS_FAIL)
        before = deepcopy(page.told.item(name))
        others = [one for one in ("pass", "fail") if one != before.value]
        value = self.random.choice(others)
        page.choose(name, value, fails=value == "fail")
        undone = page.undo(name, before)
        return f"{name} is {value}" + (", undone" if undone else "")
