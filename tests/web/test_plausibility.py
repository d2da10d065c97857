"""The officer's page of patterns: figures, records, a note; and the figures it goes by."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.database import open_database
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.models import InspectionRow
from inspections.photo_check import checked_photo
from tests.photos import a_photo
from tests.web.a_round import open_tasks, send, submit
from tests.web.conftest import MONDAY, application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER

PAGE = "/plausibility/"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('flags')}/record.db"
    planned_record(url)
    made = application(url)
    inspector = visitor_of(made, account=INSPECTOR)
    for task in open_tasks(inspector)[:2]:
        submit(inspector, send(inspector, task, {}).location)
    store = EvidenceStore(Path(made.config["EVIDENCE_FOLDER"]))
    with open_database(url).begin() as session:
        done = session.query(InspectionRow).all()
        photo = a_photo()
        look = checked_photo(photo).look
        digest = store.keep(session, photo, media_type="image/jpeg", now=MONDAY, look=look)
        for number, row in enumerate(done):
            owner = Owner(inspection_id=row.id, item="photo")
            at = MONDAY + timedelta(minutes=number)
            link_evidence(session, digest, owner, by=row.by, now=at)
    return made


@pytest.fixture
def officer(app):
    return visitor_of(app, account=OFFICER)


def _flags(html):
    return re.findall(r'<article class="[^"]+" id="flag-([0-9a-f]{32})"', html)


def _numbers(html):
    """The figures of the chips: the two states, then all of a kind and each kind."""
    return [int(one) for one in re.findall(r'class="xj-chip"[^>]*>.*?<b>(\d+)</b></a>', html)]


def test_flag_shows_its_figures_records_and_threshold(officer):
    html = officer.page(PAGE)

    assert 1 == len(_flags(html))
    assert "同一张照片用在 2 条记录里：文件完全相同" in html
    assert "不超过 2 位（共 64 位）" in html
    assert "它们不表示有人做错" in html
    assert 2 == len(re.findall(r'<li>\s*<a href="/inspections/', html))


def test_counts_reconcile_before_and_after_looking(app, officer):
    html = officer.page(PAGE)
    before = _numbers(html)
    key = _flags(html)[0]
    digest = re.search(r'name="digest" value="([^"]+)"', html)[1]
    form = {"digest": digest, "month": "2026-11", "show": "open", "note": "<b>同一处</b>"}

    empty = officer.post(f"{PAGE}{key}/look", {**form, "note": " "}, token_from=PAGE)
    stale = officer.post(f"{PAGE}{key}/look", {**form, "digest": "0"}, token_from=PAGE)
    taken = officer.post(f"{PAGE}{key}/look", form, token_from=PAGE)
    after = officer.page(PAGE)
    looked = officer.page(f"{PAGE}?show=looked")

    assert [422, 409, 302] == [one.status_code for one in (empty, stale, taken)]
    assert "&lt;b&gt;同一处&lt;/b&gt;" in stale.get_data(as_text=True)
    assert [1, 0, 1] == before[:3]
    assert [0, 1, 0] == _numbers(after)[:3]
    assert [0, 1, 1] == _numbers(looked)[:3]
    for shown in (before, _numbers(after), _numbers(looked)):
        assert shown[2] == sum(shown[3:])
    assert "&lt;b&gt;同一处&lt;/b&gt;" in looked
    assert "本月没有值得一看的规律" in after


def test_house_sets_a_figure_and_a_way(officer):
    path = f"{PAGE}figures"
    figure = {"name": "haste_seconds", "value": "3,5", "since": "2026-11-01"}
    way = {"place": "chunmiao/kitchen", "other": "chunmiao/playground", "minutes": "4"}

    wrong = officer.post(path, {**figure, "value": "often"}, token_from=PAGE + "figures")
    outside = officer.post(path, {**figure, "value": "900"}, token_from=PAGE + "figures")
    answers = [
        officer.post(path, figure, token_from=path),
        officer.post(f"{PAGE}ways", way, token_from=path),
    ]

    html = officer.page(path)
    assert [422, 409] == [wrong.status_code, outside.status_code]
    assert "须在 0.5 至 60 之间" in outside.get_data(as_text=True)
    assert [302, 302] == [one.status_code for one in answers]
    assert re.search(r"每项最少用时</th><td[^>]*><b>3.5</b>", html)
    assert re.search(r'<td class="xj-num-r">4</td>', html)


def test_page_is_for_officers(app):
    inspector = visitor_of(app, account=INSPECTOR)

    assert 403 == inspector.raw.get(PAGE).status_code
    assert 403 == inspector.raw.get(f"{PAGE}figures").status_code
