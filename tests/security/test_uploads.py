"""What is sent as a photo and is none, or too much, is refused and told; nothing typed is lost."""

import json
import logging
import re
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.photos import a_bomb, a_photo
from tests.security.the_record import changed, content
from tests.web.a_round import form_of
from tests.web.conftest import occurrence_of
from tests.web.pages import INSPECTOR

MB = 2**20
NAME = "../../etc/<b>passwd</b>.jpg"


@pytest.fixture
def run(app, visitor, ids):
    """The page of a check that asks for a photo: who runs it, its path, fields and photo field."""
    someone = visitor(account=INSPECTOR)
    path = f"/occurrences/{occurrence_of(app, 'moe45-samples')}/run"
    html = someone.html(path)
    field = re.search(r'data-item="([^"]+)" data-type="photo"', html)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
    answers = {name: value for name, value in form_of(html).items() if name != field}
    data = {"csrf_token": token, "action": "save", **answers}
    return someone, path, data, field


def _form(values):
    boundary, body = encode_multipart(values)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"<script>alert(1)</script>", "not-a-photo"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "not-a-photo"),
        (b"GIF89a" + bytes(90), "not-a-photo"),
        (a_photo(size=(640, 480))[:900], "photo-damaged"),
        (a_bomb(), "photo-too-wide"),
        (bytes(50 * MB), "photo-too-heavy"),
    ],
    ids=["page", "drawing", "gif", "half a photo", "bomb", "50 MB"],
)
def test_what_is_no_photo_is_refused_and_the_answers_stay(app, run, sent, code, caplog):
    someone, path, data, field = run
    before = {line for line in content(app) if "evidence" in line}

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        answer = someone.raw.post(path, **_form({**data, field: FileStorage(BytesIO(sent), NAME)}))

    html = answer.get_data(as_text=True)
    assert 422 == answer.status_code
    assert f'href="#{field}"' in html
    assert "passwd" not in html
    assert code == json.loads(caplog.messages[-1])["event"]
    assert before == {line for line in content(app) if "evidence" in line}
    kept = someone.html(path)
    assert all(f'name="{name}"' in kept for name in data if name.startswith("a-"))
    assert kept.count(" checked") >= sum(value == "pass" for value in data.values())


def test_more_than_fits_is_refused_with_a_page_that_says_so(app, visitor, run, caplog):
    someone, path, _data, _field = run
    before = content(app)

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        answer = someone.raw.post(path, environ_overrides={"CONTENT_LENGTH": str(65 * MB)})

    html = answer.get_data(as_text=True)
    assert 413 == answer.status_code
    assert "一次最多提交 64 MB" in html
    assert "data-back" in html
    assert "too-large" == json.loads(caplog.messages[-1])["event"]
    assert [] == changed(app, before)


def test_strangers_may_send_less(visitor):
    stranger = visitor()

    answer = stranger.raw.post(
        "/account/sign-in", environ_overrides={"CONTENT_LENGTH": str(17 * MB)}
    )

    assert 413 == answer.status_code
    assert "一次最多提交 16 MB" in answer.get_data(as_text=True)


def test_form_of_a_thousand_fields_is_refused(run):
    someone, path, data, _field = run
    many = {f"x{number}": "1" for number in range(1001)}

    answer = someone.raw.post(path, **_form({**data, **many}))

    assert 413 == answer.status_code


def test_stored_photo_can_do_nothing_but_be_looked_at(visitor, ids):
    someone = visitor(account=INSPECTOR)

    with someone.raw.get(f"/evidence/{ids['digest']}", buffered=True) as answer:
        headers = answer.headers

    assert "image/jpeg" == headers["Content-Type"]
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert f"inline; filename={ids['digest'][:12]}.jpg" == headers["Content-Disposition"]
