"""Facts of an organisation: in the vocabulary, about the right thing, with admitted values."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from rules.complaint import Complaint
from rules.fact_values import value_problem
from rules.organisation.raw import Raw, items, sites, texts
from rules.text import Text
from rules.vocabulary import Vocabulary
from rules.yaml_document import Location

# What sites state of events: only of the weather so far; everything else the record computes.
_FILES = {"weather": "event-service"}


def complaints(data: Raw, vocabulary: Vocabulary) -> Iterator[Complaint]:
    """Yield what is wrong with the facts and roles of *data*."""
    for at, site in sites(data):
        yield from _facts(site, at, "site", vocabulary)
        for section, kind in (("places", "place"), ("assets", "asset"), ("posts", "post")):
            for here, item in items(site, section, at):
                yield from _facts(item, here, kind, vocabulary)
                yield from _roles(item, here, vocabulary)
    for at, person in items(data, "people"):
        yield from _facts(person, at, "person", vocabulary)
        yield from _roles(person, at, vocabulary)
    for at, event in items(data, "events"):
        yield from _facts(event, at, "weather", vocabulary)


def _facts(item: Raw, at: Location, kind: str, vocabulary: Vocabulary) -> Iterator[Complaint]:
    facts = item.get("facts")
    for name, value in facts.items() if isinstance(facts, Mapping) else ():
        here = (*at, "facts", str(name))
        definition = vocabulary.get(str(name))
        if definition is None:
            yield _unknown(here, str(name), kind, vocabulary)
        elif definition.target != kind:
            message = Text(
                zh=f"{name} 说的是 {definition.target}，不能写在 {kind} 上。",
                en=f"{name} speaks of a {definition.target}, not of a {kind}.",
            )
            remedy = Text(
                zh=f"请移到所属的 {definition.target}。", en=f"Move it to the {definition.target}."
            )
            yield Complaint(here, message, remedy)
        else:
            problem = value_problem(definition, value)
            if problem:
                yield Complaint(here, problem, _correct(definition.title))


def _correct(title: Text) -> Text:
    return Text(zh=f"请改正“{title.zh}”。", en=f"Correct “{title.en}”.")


def _unknown(at: Location, name: str, kind: str, vocabulary: Vocabulary) -> Complaint:
    message = Text(zh=f"没有事实 {name}。", en=f"There is no fact {name}.")
    near = get_close_matches(name, [each for each in vocabulary if each.startswith(kind)], n=1)
    if near:
        return Complaint(at, message, Text(zh=f"是否指 {near[0]}？", en=f"Did you mean {near[0]}?"))
    remedy = Text(
        zh=f"可用的事实见 rules/vocabulary/{_FILES.get(kind, kind)}.yaml。",
        en=f"rules/vocabulary/{_FILES.get(kind, kind)}.yaml lists the facts.",
    )
    return Complaint(at, message, remedy)


def _roles(item: Raw, at: Location, vocabulary: Vocabulary) -> Iterator[Complaint]:
    definition = vocabulary["person.roles"]
    known = {choice.value for choice in definition.choices}
    for here, role in texts(item, "roles", at):
        if role not in known:
            message = Text(zh=f"没有岗位 {role}。", en=f"There is no role {role}.")
            remedy = Text(
                zh=f"可用：{'、'.join(sorted(known))}。",
                en=f"Use one of {', '.join(sorted(known))}.",
            )
            yield Complaint(here, message, remedy)
