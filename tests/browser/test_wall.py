"""The wall in a meeting room: it refreshes itself and says in red when nobody answers."""

import pytest

from tests.browser.visit import DESK, Look
from tests.web.pages import OFFICER

pytestmark = pytest.mark.browser
# The script asks at once when the network comes back; the test need not wait a minute.
ASK = "() => dispatchEvent(new Event('online'))"


def test_the_wall_says_when_the_server_is_lost_and_when_it_is_signed_out(visitors):
    look = Look("zh", "light", DESK)

    with visitors.looking("/rectification/wall", look, account=OFFICER, losing=True) as tab:
        lost, out = tab.locator("[data-lost]"), tab.locator("[data-signed-out]")
        shown = tab.locator(".xj-wall__tbl tbody tr").count()
        tab.evaluate("() => document.querySelector('[data-wall]').dataset.old = '1'")

        tab.context.set_offline(True)
        tab.evaluate(ASK)
        lost.wait_for(state="visible")
        said = lost.inner_text()
        kept = tab.locator(".xj-wall__tbl tbody tr").count()

        tab.context.set_offline(False)
        tab.evaluate(ASK)
        lost.wait_for(state="hidden")
        old = tab.locator("[data-wall][data-old]").count()

        tab.context.clear_cookies()
        tab.evaluate(ASK)
        out.wait_for(state="visible")
        asked = out.inner_text()
        where = tab.url

    assert "连不上服务器" in said
    assert "08:47" in said
    assert (shown, 0) == (kept, old)
    assert "重新登录" in asked
    assert where.endswith("/rectification/wall")
