"""Open questions, by the fact that rules wait for; answering shows the plan first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from inspections.edits import Edit, PersonEdit
from inspections.one_piece import site_names
from inspections.queries.open_questions import Waiting, decisions, open_questions
from inspections.rounds.names import joined, people_names, person_text, target_names
from rules.facts import FactDefinition
from rules.faults import InputInvalid
from rules.pack import Rule
from rules.text import Text
from rules.vocabulary import load_vocabulary
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fact_fields import fact_field, read_facts
from web.manage.facts import Subject, subject_of
from web.manage.faults import faults_by_field
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.manage.people import person_in_scope
from web.preferences import words
from web.rulebook import rulebook


@dataclass
class FactQuestion:
    """A fact that rules wait for, with where it is unknown."""

    definition: FactDefinition
    rules: dict[str, Rule] = field(default_factory=dict)
    subjects: dict[tuple[str, str, str], Text] = field(default_factory=dict)


@blueprint.get("/questions")
@roles(*OFFICERS)
def questions() -> str:
    """Show the questions by fact, the open readings, and the decisions taken."""
    here = viewer()
    waiting = open_questions(session(), here.organisation, scope=here.sites)
    book = rulebook()
    people = people_names(session(), here.organisation)
    readings = [each for each in waiting if each.fact is None and each.rule in book.rules]
    return render_template(
        "manage/questions.html",
        by_fact=_by_fact(waiting),
        readings=readings,
        decided=decisions(session(), here.organisation, scope=here.sites),
        book=book,
        names=site_names(session(), here.organisation),
        person=lambda key: person_text(people, key),
    )


@blueprint.route("/questions/<fact>/<site>/<kind>/<target>", methods=["GET", "POST"])
@roles(*OFFICERS)
def question(fact: str, site: str, kind: str, target: str) -> Page:
    """Answer one fact of one thing."""
    definition = load_vocabulary().get(fact)
    if definition is None or definition.target != kind:
        abort(404)
    facts, name, edit = _subject(site, kind, target)
    waiting = open_questions(session(), viewer().organisation, scope=(site,))
    asking = [each.rule for each in waiting if (each.fact, each.target) == (fact, target)]

    def form(faults: Mapping[str, str] | None = None) -> str:
        typed = request.form if request.method == "POST" else None
        return render_template(
            "manage/question.html",
            definition=definition,
            name=name,
            field=fact_field(definition, facts, typed, faults),
            faults=faults or {},
            rules=[rulebook().rules[rule] for rule in asking if rule in rulebook().rules],
            book=rulebook(),
        )

    if request.method != "POST" or returning():
        return form()
    read = read_facts([definition], request.form, facts)
    if read.faults:
        return form(read.faults), 422
    if not read.changed:
        return form(_unanswered(fact, facts)), 422
    asked = Proposed(
        [edit(read.changed)],
        f"{words(definition.title)} · {words(name)}",
        url_for("manage.questions"),
        _("The answer is saved and the plan follows it."),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        return form(faults_by_field(invalid, {}, other=fact)), 422


def _unanswered(fact: str, facts: Mapping[str, Any]) -> dict[str, str]:
    if fact in facts:
        return nothing_new(fact)
    return {fact: _("Choose or enter an answer. Leave the question open if you do not know it.")}


def _subject(site: str, kind: str, target: str) -> tuple[Mapping[str, Any], Text, Any]:
    if kind != "person":
        subject: Subject = subject_of(site, kind, target)
        return subject.facts, _full_name(subject), subject.edit
    person = person_in_scope(target)

    def edit(changed: Mapping[str, Any]) -> Edit:
        merged = {**person.facts, **changed}
        known = {name: value for name, value in merged.items() if value is not None}
        return PersonEdit(person.model_copy(update={"facts": known}))

    return person.facts, person.name, edit


def _full_name(subject: Subject) -> Text:
    if subject.kind == "site":
        return subject.name
    return joined(subject.site_name, subject.name)


def _by_fact(waiting: tuple[Waiting, ...]) -> list[FactQuestion]:
    found: dict[str, FactQuestion] = {}
    vocabulary, book = load_vocabulary(), rulebook()
    asked = [each for each in waiting if each.fact in vocabulary and each.rule in book.rules]
    named = target_names(session(), {(each.site_id, each.kind, each.target) for each in asked})
    sites = site_names(session(), viewer().organisation)
    for each in asked:
        fact = str(each.fact)
        group = found.setdefault(fact, FactQuestion(vocabulary[fact]))
        group.rules[each.rule] = book.rules[each.rule]
        own = named[each.site_id, each.kind, each.target]
        name = own if each.kind == "site" else joined(sites[each.site], own)
        group.subjects[each.site, each.kind, each.target] = name
    return sorted(found.values(), key=lambda group: -len(group.rules))
