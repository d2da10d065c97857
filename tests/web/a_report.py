"""Report a problem the way somebody without an account does."""

import re
from io import BytesIO
from uuid import uuid4

from flask import Flask

from tests.photos import a_photo
from tests.web.client import CarefulClient

# The kitchen of the kindergarten; codes never change, so it may stand here.
KITCHEN = "HPF3-27"


def send_report(
    visitor: CarefulClient, what: str = "水槽下面漏水", *, code: str = KITCHEN, **more: object
) -> tuple[int, str, str]:
    """Fill in the form behind a label and return status, location and the page."""
    data = {"client_id": str(uuid4()), "what": what, **more}
    answer = visitor.post(f"/a/{code}", data, token_from=f"/a/{code}")
    return answer.status_code, answer.location or "", answer.get_data(as_text=True)


def filled_by_a_stranger(app: Flask) -> dict[str, str]:
    """Send one report with a photo, and return the ids of the pages that show it."""
    stranger = CarefulClient(app)
    status, location, html = send_report(stranger, photos=(BytesIO(a_photo()), "sink.jpg"))
    assert status == 302, html
    officer = CarefulClient(app)
    officer.sign_in("kindergarten-officer", "xunjian-demo")
    found = re.search(r"/reports/(\d+)\"", officer.html("/reports/"))
    assert found, "no report waits"
    return {"report": found[1], "reported": location.rsplit("/", 1)[-1]}
