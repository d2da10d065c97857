"""Files of the application travel packed, where the browser takes it; pages do not."""

import gzip

SCRIPT = "/static/js/run/page.js"


def _fetch(app, path, **headers):
    return app.test_client().get(path, headers=headers, buffered=True)


def test_a_script_is_packed_only_for_browsers_that_take_it(app):
    plain = _fetch(app, SCRIPT)
    packed = _fetch(app, SCRIPT, **{"Accept-Encoding": "br, gzip"})
    refused = _fetch(app, SCRIPT, **{"Accept-Encoding": "gzip;q=0"})

    assert [None, "gzip", None] == [
        one.headers.get("Content-Encoding") for one in (plain, packed, refused)
    ]
    assert plain.data == refused.data == gzip.decompress(packed.data)
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_packed_file_is_known_again_by_its_tag(app):
    packed = _fetch(app, SCRIPT, **{"Accept-Encoding": "gzip"})

    again = _fetch(app, SCRIPT, **{"If-None-Match": packed.headers["ETag"]})

    assert 304 == again.status_code


def test_a_page_is_not_packed(app):
    page = _fetch(app, "/account/sign-in", **{"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in page.headers
