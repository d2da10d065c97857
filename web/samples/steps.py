"""What is done with samples: name the dishes, take one, throw one out, clear a meal out."""

from datetime import date, datetime
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from inspections.errors import FormUsedAlready
from inspections.samples.day import meal_of, meal_of_dish, meal_of_sample
from inspections.samples.keeping import KeptTooShort
from inspections.samples.names import MEALS
from inspections.samples.recording import (
    Meal,
    Portion,
    clear_out_meal,
    discard_sample,
    serve_meal,
    take_sample,
)
from rules.faults import InputInvalid
from web.authentication import roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import local, today
from web.inspector.run import RECORDERS
from web.preferences import words
from web.rulebook import rulebook
from web.samples.blueprint import blueprint
from web.samples.page import day_of, draw

Answer = Response | tuple[str, int]


@blueprint.post("/dishes")
@roles(*RECORDERS)
def dishes() -> Answer:
    """Write down what a meal of today consists of, or further dishes of it."""
    site, meal = request.form.get("site", ""), request.form.get("meal", "")
    site_in_scope(site)
    if meal not in MEALS:
        abort(400)
    served = Meal(
        organisation=viewer().organisation,
        site=site,
        meal=meal,
        on=today(),
        served_at=_served_at(site, meal),
        dishes=tuple(request.form.get(f"dishes-{meal}", "").splitlines()),
    )
    try:
        with transaction() as opened:
            serve_meal(opened, served, by=viewer().person, now=now())
    except InputInvalid as invalid:
        return _faulty(site, today(), invalid, {"dishes": f"dishes-{meal}"})
    flash(_("Written down. Now take a sample of each dish."), "ok")
    return _back(site, today())


@blueprint.post("/dishes/<int:dish_id>/sample")
@roles(*RECORDERS)
def take(dish_id: int) -> Answer:
    """Record the sample of a dish."""
    site, on = _where(meal_of_dish(session(), viewer().organisation, dish_id))
    portion = Portion(
        client_id=_client_made(request.form.get("id", "")),
        dish_id=dish_id,
        grams=_number(request.form.get(f"grams-{dish_id}", "")),
        labelled=request.form.get(f"labelled-{dish_id}") == "yes",
        fridge_c=_number(request.form.get(f"fridge-{dish_id}", "")),
    )
    missing = request.form.get(f"labelled-{dish_id}") not in ("yes", "no")
    if missing:
        said = {f"labelled-{dish_id}": _("Say whether the label is complete.")}
        return draw(day_of(site, on), faults=said), 422
    try:
        with transaction() as opened:
            take_sample(opened, rulebook(), portion, by=viewer().person, now=now())
    except FormUsedAlready as refusal:
        said = {f"grams-{dish_id}": words(refusal.text)}
        return draw(day_of(site, on), faults=said), status_of(refusal)
    except InputInvalid as invalid:
        fields = {"grams": f"grams-{dish_id}", "fridge_c": f"fridge-{dish_id}"}
        return _faulty(site, on, invalid, fields)
    flash(_("The sample is recorded. Its clear-out is planned."), "ok")
    return _back(site, on)


@blueprint.post("/<int:sample_id>/discard")
@roles(*RECORDERS)
def discard(sample_id: int) -> Answer:
    """Throw a sample out; before its time only with a reason, and that opens a finding."""
    site, on = _where(meal_of_sample(session(), viewer().organisation, sample_id))
    try:
        with transaction() as opened:
            discard_sample(
                opened,
                rulebook(),
                sample_id=sample_id,
                by=viewer().person,
                now=now(),
                why_early=request.form.get(f"why-{sample_id}"),
            )
    except KeptTooShort as refusal:
        page = draw(day_of(site, today()), early=sample_id, refusal=refusal.text)
        return page, status_of(refusal)
    flash(_("Thrown out and recorded."), "ok")
    return _back(site, max(on, today()))


@blueprint.post("/meals/<int:meal_id>/clear-out")
@roles(*RECORDERS)
def clear_out(meal_id: int) -> Answer:
    """Throw out every sample of a meal that may go."""
    site, _on = _where(meal_id)
    with transaction() as opened:
        count = clear_out_meal(opened, rulebook(), meal_id=meal_id, by=viewer().person, now=now())
    said = ngettext("One sample was thrown out", "%(num)s samples were thrown out", count)
    flash(said, "ok" if count else "warn")
    return _back(site, today())


def _where(meal_id: int) -> tuple[str, date]:
    site, on = meal_of(session(), viewer().organisation, meal_id)
    site_in_scope(site)
    return site, on


def _served_at(site: str, meal: str) -> datetime:
    """Return when a meal of today is served: as the calendar says, else now."""
    planned = {one.meal: one.served_at for one in day_of(site, today()).meals}
    return planned.get(meal) or local(now())


def _back(site: str, on: date) -> Response:
    return redirect(url_for("samples.show", site=site, on=on.isoformat()))


def _faulty(site: str, on: date, invalid: InputInvalid, fields: dict[str, str]) -> Answer:
    said = {
        fields.get(fault.field, fault.field): f"{words(fault.message)} {words(fault.remedy)}"
        for fault in invalid.faults
    }
    return draw(day_of(site, on), faults=said), 422


def _number(text: str) -> float:
    """Return a figure as people type it; what is none is no figure that anything may have."""
    plain = text.strip().replace("−", "-").replace("–", "-").replace("，", ".").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return float("nan")


def _client_made(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        abort(400)
