"""Reading an organisation: every fault of the file at once, or an organisation that is sound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rules.faults import Fault, InputInvalid
from rules.organisation import (
    calendar_checks,
    fact_checks,
    reference_checks,
    rule_checks,
    travel_checks,
)
from rules.organisation.model import Organisation, Person
from rules.records import targets
from rules.rulebook import RuleBook
from rules.schema_faults import Located, schema_faults
from rules.text import Text
from rules.vocabulary import load_vocabulary
from rules.yaml_document import Location, read_document

_CHECKS = (
    fact_checks.complaints,
    reference_checks.complaints,
    calendar_checks.complaints,
    travel_checks.complaints,
)

Locate = Callable[[Location], tuple[str, int, str]]


@dataclass(frozen=True)
class _LocatedData:
    """Data from elsewhere than a YAML file, with whoever knows where its parts stand."""

    data: Any
    locate: Locate

    def holds(self, location: Location) -> bool:
        data = self.data
        for part in location:
            try:
                data = data[part]
            except (LookupError, TypeError):
                return False
        return True

    def fault(self, location: Location, message: Text, remedy: Text) -> Fault:
        file, line, field = self.locate(location)
        return Fault(file, line, field, message, remedy)


def load_organisation(path: Path, rulebook: RuleBook | None = None) -> Organisation:
    """
    Read the organisation file at *path*.

    Args:
        path: A YAML file.
        rulebook: Every pack; where given, packs and rules that the file names must be in it.

    Raises:
        InputInvalid: If the file cannot be read or anything in it is wrong; holds every fault.
    """
    document = read_document(path)
    return _organisation(document.data, document, rulebook)


def organisation_from_data(
    data: Mapping[str, Any], locate: Locate, rulebook: RuleBook | None = None
) -> Organisation:
    """
    Check plain data in the shape of an organisation file, wherever it comes from.

    Args:
        data: Keys and lists as in YAML; dates and times as values or ISO texts.
        locate: Gives file, line (or row) and field for a location, such as
            `("people", 3, "absences", 0, "from")`.
        rulebook: As for `load_organisation`.

    Raises:
        InputInvalid: If anything is wrong; holds every fault.
    """
    return _organisation(data, _LocatedData(data, locate), rulebook)


def check_absences(person: Person, locate: Locate) -> None:
    """
    Check the absences of one person, whatever stands around them.

    Raises:
        InputInvalid: If one ends before it begins, or two share a day.
    """
    data = person.model_dump(mode="json", by_alias=True)
    located = _LocatedData(data, locate)
    found = calendar_checks.absence_complaints(data, ())
    if faults := [located.fault(each.at, each.message, each.remedy) for each in found]:
        raise InputInvalid(faults)


def _organisation(data: Any, located: Located, rulebook: RuleBook | None) -> Organisation:
    if not isinstance(data, Mapping) or "sites" not in data:
        raise InputInvalid([_not_an_organisation(located)])
    organisation, faults = _of_right_shape(data, located)
    # What has the wrong shape is reported once, as that.
    reported = {(fault.file, fault.line, fault.field) for fault in faults}
    found = [each for check in _CHECKS for each in check(data, load_vocabulary())]
    found += rule_checks.complaints(data, rulebook) if rulebook is not None else ()
    for each in found:
        fault = located.fault(each.at, each.message, each.remedy)
        if (fault.file, fault.line, fault.field) not in reported:
            faults.append(fault)
    if faults or organisation is None:
        raise InputInvalid(sorted(faults, key=lambda each: (each.file, each.line, each.field)))
    return _with_full_targets(organisation)


def _of_right_shape(data: Any, located: Located) -> tuple[Organisation | None, list[Fault]]:
    try:
        return Organisation.model_validate(data), []
    except ValidationError as error:
        return None, schema_faults(error, located)


def _with_full_targets(organisation: Organisation) -> Organisation:
    """Write what was performed in full, `site/id`, as `derive` names targets."""
    full = {each.target.rsplit("/", 1)[-1]: each.target for each in targets(organisation)}
    full |= {each.target: each.target for each in targets(organisation)}
    performed = tuple(
        done.model_copy(update={"target": full[done.target]}) for done in organisation.performed
    )
    return organisation.model_copy(update={"performed": performed})


def _not_an_organisation(located: Located) -> Fault:
    message = Text(
        zh="这不是组织文件：没有 sites。",
        en="This is not an organisation file: it has no sites.",
    )
    remedy = Text(
        zh="请给出组织文件（如 examples/*.yaml）。",
        en="Name an organisation file (such as those in examples/).",
    )
    return located.fault((), message, remedy)
