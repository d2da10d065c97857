"""A photo is known again after being shrunk or saved anew, and told from other photos."""

from io import BytesIO

import pytest
from PIL import Image

from inspections.photo_check import checked_photo
from inspections.plausibility.look import bits_apart
from tests.photos import a_photo


def _saved_anew(content, kind, size, **how):
    out = BytesIO()
    Image.open(BytesIO(content)).resize(size).save(out, kind, **how)
    return out.getvalue()


def _look_of(content):
    return checked_photo(content).look


@pytest.mark.parametrize(
    "again",
    [
        {"kind": "JPEG", "size": (1600, 1200), "quality": 40},
        {"kind": "JPEG", "size": (400, 300), "quality": 85},
        {"kind": "WEBP", "size": (800, 600), "quality": 60},
        {"kind": "PNG", "size": (1200, 900)},
    ],
    ids=lambda one: f"{one['kind']} {one['size'][0]}",
)
@pytest.mark.parametrize("seed", range(3))
def test_photo_saved_anew_looks_the_same(seed, again):
    first = a_photo(size=(1600, 1200), seed=seed)

    assert bits_apart(_look_of(first), _look_of(_saved_anew(first, **again))) <= 2


def test_other_photos_look_different():
    looks = [_look_of(a_photo(size=(800, 600), seed=seed)) for seed in range(40)]

    apart = [bits_apart(one, other) for one in looks for other in looks if one is not other]

    assert min(apart) > 6


def test_look_fits_both_databases():
    looks = [_look_of(a_photo(seed=seed)) for seed in range(40)]

    assert all(-(2**63) <= look < 2**63 for look in looks)
    assert any(look < 0 for look in looks)


def test_darkness_has_no_look():
    out = BytesIO()
    Image.new("RGB", (640, 480), (9, 9, 12)).save(out, "JPEG")

    assert _look_of(out.getvalue()) is None
