"""What is taken for a photo: what decodes, and nothing that costs the disk or the memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.errors import Refused
from inspections.photo_check import MOST_BYTES, CheckedPhoto, checked_photo
from tests.photos import a_bomb, a_photo


def _code(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        checked_photo(content)
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_of_each_kind_is_taken_with_its_size(kind):
    checked = checked_photo(a_photo(kind, (640, 480)))

    assert CheckedPhoto(f"image/{kind.lower()}", 640, 480) == checked


def test_photo_of_a_telephone_that_keeps_a_second_picture_is_a_jpeg():
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    first, second = (Image.open(BytesIO(a_photo(seed=one))) for one in (1, 2))
    first.save(out, "MPO", save_all=True, append_images=[second])

    assert "image/jpeg" == checked_photo(out.getvalue()).media_type


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PDF", "EPS"])
def test_picture_of_another_kind_is_no_photo(kind):
    assert "not-a-photo" == _code(a_photo(kind))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.7",
        b"MZ" + bytes(200),
    ],
)
def test_what_is_no_picture_is_no_photo(content):
    assert "not-a-photo" == _code(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_that_breaks_off_is_damaged(kind):
    whole = a_photo(kind, (640, 480))

    assert "photo-damaged" == _code(whole[: len(whole) // 2])


def test_first_bytes_of_a_jpeg_make_no_photo():
    assert "not-a-photo" == _code(b"\xff\xd8\xff\xe0" + bytes(64))


def test_bomb_is_refused_by_its_head():
    bomb = a_bomb()

    assert len(bomb) < 100_000
    assert "photo-too-wide" == _code(bomb)


def test_heavy_file_is_refused_before_it_is_looked_at():
    assert "photo-too-heavy" == _code(bytes(MOST_BYTES + 1))


def test_refusals_say_what_to_do_in_both_languages():
    with pytest.raises(Refused) as refused:
        checked_photo(bytes(50 * 2**20))

    assert "50.0 MB" in refused.value.text.en
    assert "每张最多 15 MB" in refused.value.text.zh


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=12),
)
def test_broken_photos_are_refused_and_break_nothing(kind, wounds):
    content = bytearray(a_photo(kind))
    for where, bytes_ in wounds:
        start = int(where * (len(content) - 1))
        content[start : start + len(bytes_)] = bytes_

    try:
        checked = checked_photo(bytes(content))
    except Refused:
        return

    assert checked.media_type == f"image/{kind.lower()}"
