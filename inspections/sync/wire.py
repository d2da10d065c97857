"""What a tablet says, as read at the border; docs/adr/0023 describes it field by field."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

from rules.checklist import Severity

Kind = Literal["answer", "photo", "signature", "finish", "finding"]
# A device that is wrong by more than this tells nothing with its clock.
LONGEST_OFFSET = timedelta(days=3650)
MOST_ITEMS = 50
_SHORT = Field(max_length=200)
_WORDS = Field(max_length=4000)


def _plausible(at: datetime) -> datetime:
    if not 2000 <= at.year <= 2100:
        raise ValueError(f"Expected a year from 2000 to 2100, got {at.year}.")
    return at.astimezone(UTC)


def _known_severity(told: Any) -> Any:
    """A word that is no severity says nothing; the answer itself counts all the same."""
    return told if told in get_args(Severity) else None


def _number_of_finding(told: Any) -> Any:
    return told if isinstance(told, int) and 0 < told < 2**31 else None


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
Uuid = Annotated[str, Field(pattern=_UUID)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Offset = Annotated[
    float,
    Field(
        ge=-LONGEST_OFFSET.total_seconds(), le=LONGEST_OFFSET.total_seconds(), allow_inf_nan=False
    ),
]


Told = Annotated[Severity | None, BeforeValidator(_known_severity)]
SameAs = Annotated[int | None, BeforeValidator(_number_of_finding)]


class _FromDevice(BaseModel):
    # An app that is newer than the server says more than this one knows; the body is kept whole.
    model_config = ConfigDict(extra="ignore", frozen=True)


def is_uuid(text: str) -> bool:
    """Tell whether a text has the form of the ids that devices make."""
    return re.fullmatch(_UUID, text) is not None


class SentItem(_FromDevice):
    """
    One item of a batch.

    Attributes:
        body: The exact JSON text that was hashed on the device.
        after: Item of the same inspection that must be applied before this one.
        offset_seconds: Where the device measured it for this item; else that of the batch counts.
    """

    id: Uuid
    kind: str = Field(max_length=40)
    seq: int = Field(ge=0, le=2**31 - 1)
    account: str = _SHORT
    device_at: Moment
    sha256: Hash
    body: str
    after: Uuid | None = None
    offset_seconds: Offset | None = None

    @property
    def actual_sha256(self) -> str:
        """The hash of the body as it arrived."""
        return sha256(self.body.encode("utf-8", "surrogatepass")).hexdigest()


class Batch(_FromDevice):
    """
    What one request brings.

    Attributes:
        waiting: How many items the device still holds, these included.
        oldest_at: When the oldest of them was recorded.
    """

    device: str = Field(min_length=1, max_length=80)
    sent_at: Moment | None = None
    offset_seconds: Offset = 0.0
    items: tuple[Any, ...] = Field(max_length=MOST_ITEMS)
    waiting: int | None = Field(default=None, ge=0, le=10**6)
    oldest_at: Moment | None = None


class AnswerBody(_FromDevice):
    """
    One answer to one item of a checklist.

    Attributes:
        checklist: Hash of the text of the checklist that was answered.
    """

    inspection: Uuid
    occurrence: int = Field(ge=1, le=2**31 - 1)
    checklist: str | None = Field(default=None, max_length=200)
    begun_at: Moment
    item: str = _SHORT
    value: Any
    note: str | None = Field(default=None, max_length=4000)
    severity: Told = None
    danger: bool | None = False
    same_as: SameAs = None
    photos_expected: int | None = Field(default=0, ge=0, le=100)


class PhotoBody(_FromDevice):
    """What a photo shows; its bytes travel by themselves."""

    photo: Uuid
    sha256: Hash
    inspection: Uuid | None = None
    item: str | None = Field(default=None, max_length=200)
    finding: Uuid | None = None
    caption: str | None = Field(default=None, max_length=4000)
    taken_at: Moment | None = None


class SignatureBody(_FromDevice):
    """
    A signature.

    Attributes:
        digest: Hash over the answers that were signed.
    """

    inspection: Uuid
    name: str = _SHORT
    photo: Uuid
    sha256: Hash
    digest: str = _SHORT


class FinishBody(_FromDevice):
    """
    The end of an inspection.

    Attributes:
        answers: How many items of kind `answer` the device sent for it.
        photos: How many photos belong to it.
        occurrence: With `begun_at`, lets a check be finished of which no item was answered.
    """

    inspection: Uuid
    occurrence: int | None = Field(default=None, ge=1, le=2**31 - 1)
    checklist: str | None = Field(default=None, max_length=200)
    begun_at: Moment | None = None
    note: str | None = Field(default=None, max_length=4000)
    digest: str | None = Field(default=None, max_length=200)
    answers: int = Field(default=0, ge=0, le=10**5)
    photos: int = Field(default=0, ge=0, le=10**5)


class FindingBody(_FromDevice):
    """
    A finding without a checklist.

    Attributes:
        same_as: Id of an open finding that this is.
        owner: Key of who is proposed to put it right.
        measures: What was done on the spot.
    """

    finding: Uuid
    site: str = _SHORT
    target_kind: Literal["site", "place", "asset"] = "site"
    target: str | None = Field(default=None, max_length=200)
    what: str = Field(min_length=1, max_length=4000)
    severity: Severity
    danger: bool | None = False
    same_as: SameAs = None
    owner: str | None = Field(default=None, max_length=200)
    measures: str | None = Field(default=None, max_length=4000)
    photos_expected: int | None = Field(default=0, ge=0, le=100)


Body = AnswerBody | PhotoBody | SignatureBody | FinishBody | FindingBody
BODIES: Mapping[str, type[Body]] = {
    "answer": AnswerBody,
    "photo": PhotoBody,
    "signature": SignatureBody,
    "finish": FinishBody,
    "finding": FindingBody,
}


def subject_of(body: Body) -> str:
    """Return what an item belongs to."""
    match body:
        case FindingBody(finding=finding):
            return f"finding/{finding}"
        case PhotoBody(inspection=None, finding=finding) if finding is not None:
            return f"finding/{finding}"
        case PhotoBody(inspection=None, photo=photo):
            return f"photo/{photo}"
        case _:
            return f"inspection/{body.inspection}"
