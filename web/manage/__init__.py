"""Pages where officers see and edit facts, people and calendars, and answer open questions."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.authentication import OFFICERS
from web.manage import (
    absences,
    calendar,
    certificates,
    changes,
    facts,
    flow,
    hours,
    people,
    person_form,
    questions,
    readings,
    sites,
)
from web.manage.blueprint import blueprint
from web.manage.fields import is_iso_day
from web.navigation import Entry

__all__ = [
    "absences",
    "calendar",
    "certificates",
    "changes",
    "facts",
    "flow",
    "hours",
    "people",
    "person_form",
    "questions",
    "readings",
    "sites",
]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    app.jinja_env.tests["iso_day"] = is_iso_day
    asked = ("manage.question", "manage.reading")
    entries = [
        Entry(
            "manage.sites",
            _("Facts"),
            "building",
            60,
            OFFICERS,
            ("manage.site", "manage.pe", "manage.change"),
        ),
        Entry("manage.questions", _("Questions"), "question", 62, OFFICERS, asked),
    ]
    navigation.add(app, entries)
