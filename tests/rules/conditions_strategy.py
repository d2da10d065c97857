"""Random conditions and random facts over one small vocabulary, for property tests."""

from hypothesis import strategies as st

from rules.conditions import All, AnyOf, Not, Test
from rules.vocabulary import load_vocabulary

FACTS = {
    "site.kind": ("enum", ["mall", "office", "hospital"]),
    "site.city": ("text", ["北京", "上海", "5", "", 'quo"te\\', "true", "🛗"]),
    "site.has_canteen": ("boolean", [True, False]),
    "site.has_lifts": ("boolean", [True, False]),
    "site.staff": ("integer", [0, 1, 5, 6, 10**9]),
    "site.height_m": ("number", [0, 0.1, 0.3, 1e-06, 23.999999, 24, 24.0, 100]),
    "person.roles": ("tags", ["cook", "guard", "safety-officer"]),
}
VOCABULARY = load_vocabulary()
_COMPARING = ("eq", "ne", "lt", "lte", "gt", "gte")


def tests_of(name, *, with_known):
    kind, values = FACTS[name]
    value = st.sampled_from(values)
    if kind == "tags":
        single = st.builds(Test, st.just(name), st.just("has"), value)
    else:
        operators = _COMPARING if kind in {"integer", "number"} else _COMPARING[:2]
        single = st.builds(Test, st.just(name), st.sampled_from(operators), value)
        several = st.lists(value, min_size=1, max_size=3).map(tuple)
        single |= st.builds(Test, st.just(name), st.sampled_from(["in", "not_in"]), several)
    if with_known:
        single |= st.builds(Test, st.just(name), st.just("known"), st.booleans())
    return single


def conditions(*, with_known=True):
    leaves = st.sampled_from(sorted(FACTS)).flatmap(
        lambda name: tests_of(name, with_known=with_known)
    )
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
            | inner.map(Not)
        ),
        max_leaves=6,
    )


def values(name):
    kind, admitted = FACTS[name]
    if kind == "tags":
        return st.lists(st.sampled_from(admitted), unique=True).map(tuple)
    if kind == "integer":
        return st.sampled_from(admitted) | st.integers(0, 10**6)
    if kind == "number":
        exact = st.decimals(0, 1000, places=6, allow_nan=False).map(float)
        return st.sampled_from(admitted) | exact
    if kind == "text":
        plain = st.text(max_size=8).filter(lambda text: not text or text.isprintable())
        return st.sampled_from(admitted) | plain
    return st.sampled_from(admitted)


def facts():
    return st.fixed_dictionaries({}, optional={name: values(name) for name in FACTS})
