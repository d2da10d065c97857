"""The file that a tablet writes when no network comes: read and checked."""

import binascii
import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from inspections.sync.wire import LONGEST_OFFSET, SentItem, is_uuid
from rules.faults import Fault, InputInvalid
from rules.text import Text

FORMAT = "xunjian-tablet/1"


@dataclass(frozen=True)
class DeviceFile:
    """
    What a file holds that is whole.

    Attributes:
        items: By the name of the account that recorded them.
        pictures: Id, account and bytes.
        faults: What is damaged; it is left out.
    """

    device: str
    made_at: str
    offset_seconds: float
    items: Mapping[str, tuple[SentItem, ...]]
    pictures: tuple[tuple[str, str, bytes], ...]
    faults: tuple[Fault, ...] = ()


def read_device_file(content: bytes, *, name: str) -> DeviceFile:
    """
    Return what a file holds; what is damaged inside is told in `faults` and left out.

    Raises:
        InputInvalid: If it is no file of a tablet, or breaks off.
    """
    data = _document(content, name)
    faults: list[Fault] = []
    items = list(_items(data, name, faults))
    pictures = tuple(_pictures(data, name, faults))
    by_account: dict[str, tuple[SentItem, ...]] = {}
    for item in items:
        by_account[item.account] = (*by_account.get(item.account, ()), item)
    return DeviceFile(
        device=str(data.get("device") or "")[:80],
        made_at=str(data.get("made_at") or ""),
        offset_seconds=_offset(data.get("offset_seconds")),
        items=by_account,
        pictures=pictures,
        faults=tuple(faults),
    )


def _document(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputInvalid([_fault(name, "", _BROKEN, _EXPORT_AGAIN)]) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputInvalid([_fault(name, "format", _FOREIGN, _CHOOSE)])
    return data


def _items(data: Mapping[str, Any], name: str, faults: list[Fault]) -> Iterator[SentItem]:
    for number, each in enumerate(_listed(data, "items"), 1):
        try:
            item = SentItem.model_validate(each)
        except ValidationError:
            faults.append(_fault(name, f"items[{number}]", _UNREADABLE, _EXPORT_AGAIN))
            continue
        if item.actual_sha256 != item.sha256:
            faults.append(_fault(name, f"items[{number}]", _DAMAGED, _EXPORT_AGAIN))
            continue
        yield item


def _pictures(
    data: Mapping[str, Any], name: str, faults: list[Fault]
) -> Iterator[tuple[str, str, bytes]]:
    for number, each in enumerate(_listed(data, "photos"), 1):
        field = f"photos[{number}]"
        told = each if isinstance(each, dict) else {}
        values = [told.get(key) for key in ("id", "account", "sha256", "bytes")]
        if not all(isinstance(value, str) for value in values) or not is_uuid(str(values[0])):
            faults.append(_fault(name, field, _UNREADABLE, _EXPORT_AGAIN))
            continue
        id_, account, digest, text = map(str, values)
        try:
            content = b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if sha256(content).hexdigest() != digest:
            faults.append(_fault(name, field, _DAMAGED, _EXPORT_AGAIN))
            continue
        yield id_, account, content


def _offset(told: Any) -> float:
    """Return the measured offset; nonsense tells nothing."""
    limit = LONGEST_OFFSET.total_seconds()
    return float(told) if isinstance(told, int | float) and -limit <= told <= limit else 0.0


def _listed(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name)
    return found if isinstance(found, list) else []


def _fault(file: str, field: str, message: Text, remedy: Text) -> Fault:
    return Fault(file, 1, field, message, remedy)


_BROKEN = Text(
    zh="文件不完整，或不是平板导出的文件。",
    en="The file breaks off, or no tablet wrote it.",
)
_FOREIGN = Text(
    zh="不是巡检平板导出的文件，或由更新的版本导出。",
    en="No tablet of Xunjian wrote this file, or a newer version did.",
)
_UNREADABLE = Text(zh="该条无法识别。", en="This entry cannot be read.")
_DAMAGED = Text(
    zh="该条内容与其校验值不符，已受损。",
    en="This entry does not match its hash: it is damaged.",
)
_EXPORT_AGAIN = Text(
    zh="请在平板上重新导出。平板已不在时，可选择只导入完好的部分。",
    en="Export it from the tablet again. Where the tablet is gone, import what is whole.",
)
_CHOOSE = Text(
    zh="请选择平板“同步”页导出的 xunjian-….json 文件。",
    en="Choose the file xunjian-….json that the Sync page of the tablet wrote.",
)
