"""One photo as evidence of several things: the same file, or the same picture saved anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from inspections.plausibility.flag import Flag, Record, key_of
from inspections.plausibility.look import bits_apart
from inspections.plausibility.material import Photo
from inspections.plausibility.thresholds import Limits
from rules.text import Text

_HOW = {
    "file": Text(zh="文件完全相同", en="the very same file"),
    "look": Text(zh="画面相同，文件不同", en="the same picture in different files"),
}


def photos_seen_before(photos: Iterable[Photo], limits: Limits) -> Iterator[Flag]:
    """Yield a flag for each picture that serves more than one record."""
    known = sorted(photos, key=lambda photo: (photo.at, photo.owner, photo.sha256))
    sets = _Sets(len(known))
    by_file: dict[str, int] = {}
    by_look: dict[int, int] = {}
    for number, photo in enumerate(known):
        sets.join(by_file.setdefault(photo.sha256, number), number)
        if photo.look is not None:
            sets.join(by_look.setdefault(photo.look, number), number)
    for one, other in _alike(list(by_look), int(limits["photo_bits"])):
        sets.join(by_look[one], by_look[other])
    for numbers in sets.all():
        used = [known[number] for number in numbers]
        if len({photo.owner for photo in used}) > 1:
            yield _flag(used, limits)


def _alike(looks: list[int], most: int) -> Iterator[tuple[int, int]]:
    """
    Yield the pairs of looks that differ in at most *most* bits.

    Such two agree in at least one of *most* + 1 bands, so only looks of one band are compared.
    """
    width = -(-64 // (most + 1))
    for start in range(0, 64, width):
        bands: dict[int, list[int]] = defaultdict(list)
        for look in looks:
            bands[look >> start & ((1 << width) - 1)].append(look)
        for band in bands.values():
            yield from (pair for pair in combinations(band, 2) if bits_apart(*pair) <= most)


class _Sets:
    """Numbers that belong together, joined one by one."""

    def __init__(self, count: int) -> None:
        self._first = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put both into one set."""
        low, high = sorted((self._root(one), self._root(other)))
        self._first[high] = low

    def all(self) -> Iterator[list[int]]:
        """Yield every set of more than one number, ascending."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._first)):
            found[self._root(number)].append(number)
        yield from (numbers for numbers in found.values() if len(numbers) > 1)

    def _root(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number


def _flag(used: list[Photo], limits: Limits) -> Flag:
    first: dict[tuple[str, str], Photo] = {}
    for photo in used:
        first.setdefault(photo.owner, photo)
    files = len({photo.sha256 for photo in used})
    how = _HOW["file"] if files == 1 else _HOW["look"]
    return Flag(
        kind="photo",
        key=key_of("photo", used[0].sha256, *used[0].owner),
        site_id=used[-1].site_id,
        about=("photo", used[0].sha256),
        said=Text(
            zh=f"同一张照片用在 {len(first)} 条记录里：{how.zh}。",
            en=f"One photo stands in {len(first)} records: {how.en}.",
        ),
        limit=Text(
            zh=f"文件相同，或画面差异不超过 {limits['photo_bits']:g} 位（共 64 位）的列出。"
            "从同一角度拍同一处，也可能如此。",
            en=f"Listed where the file is the same, or the picture differs in at most "
            f"{limits['photo_bits']:g} of 64 bits. The same spot from the same angle may do that.",
        ),
        records=tuple(_record(photo) for photo in first.values()),
    )


def _record(photo: Photo) -> Record:
    kind, id_ = photo.owner
    return Record("finding" if kind == "finding" else "inspection", id_, photo.at, photo.by)
