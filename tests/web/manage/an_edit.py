"""Sending forms of facts, applying their previews, and reading what was stored."""

import re

from inspections.database import open_database
from inspections.importing import load_from_record
from tests.web.pages import ORGANISATION

ABSENCE = "/manage/people/vice-principal/absences/new"
QUESTION = "/manage/questions/site.fire_key_unit/chunmiao/site/chunmiao"
READING = "/manage/readings/chunmiao/school-drill-time-kindergarten"


def stored(app):
    with open_database(app.config["DATABASE_URL"])() as session:
        return load_from_record(session, ORGANISATION)


def person_of(app, key="vice-principal"):
    return next(person for person in stored(app).people if person.id == key)


def send_form(visitor, path, data):
    answer = visitor.post(path, data, token_from="/account/")
    html = answer.get_data(as_text=True)
    if answer.status_code != 302:
        visitor.look_at(answer, html)
    return answer.status_code, html


def apply_preview(visitor, html):
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    return send_form(visitor, "/manage/apply", {"token": token})


def faults_in(html):
    return dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html))
