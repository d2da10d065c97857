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
    packs,
    people,
    person_form,
    post_people,
    questions,
    readings,
    rounds,
    sites,
    wishes,
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
    "packs",
    "people",
    "person_form",
    "post_people",
    "questions",
    "readings",
    "rounds",
    "sites",
    "wishes",
]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    app.jinja_env.tests["iso_day"] = is_iso_day
    entries = [
        Entry(
            "manage.sites",
            _("Facts"),
            "building",
            60,
            OFFICERS,
            (
                *("manage.site", "manage.pe", "manage.packs", "manage.change", "manage.question"),
                *(
                    "manage.reading",
                    "manage.rounds",
                    "codes.labels",
                    "tablets.",
                    "accounts.",
                    "audit.",
                    "imports.",
                ),
            ),
        ),
    ]
    navigation.add(app, entries)
