"""The stored rows; importing this package makes all of them known to the metadata."""

from inspections.models.access import AuditRow, FeedSubscriptionRow
from inspections.models.base import Row
from inspections.models.finding import FindingEventRow, FindingRow, FollowUpRow
from inspections.models.inspection import AnswerRow, EvidenceLinkRow, EvidenceRow, InspectionRow
from inspections.models.organisation import (
    AssetRow,
    DecisionRow,
    OrganisationRow,
    PerformedRow,
    PlaceRow,
    PostRow,
    SiteEventRow,
    SiteRow,
)
from inspections.models.people import AbsenceRow, AccountRow, CertificateRow, PersonRow
from inspections.models.plan import (
    AssignmentRow,
    DutyRow,
    KeptTextRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PlanRunRow,
)
from inspections.models.roster import RosterCellRow, RosterRunRow
from inspections.models.ticket import TicketEventRow, TicketRow

__all__ = [
    "AbsenceRow",
    "AccountRow",
    "AnswerRow",
    "AssetRow",
    "AssignmentRow",
    "AuditRow",
    "CertificateRow",
    "DecisionRow",
    "DutyRow",
    "EvidenceLinkRow",
    "EvidenceRow",
    "FeedSubscriptionRow",
    "FindingEventRow",
    "FindingRow",
    "FollowUpRow",
    "InspectionRow",
    "KeptTextRow",
    "OccurrenceEventRow",
    "OccurrenceRow",
    "OrganisationRow",
    "PerformedRow",
    "PersonRow",
    "PlaceRow",
    "PlanRunRow",
    "PostRow",
    "RosterCellRow",
    "RosterRunRow",
    "Row",
    "SiteEventRow",
    "SiteRow",
    "TicketEventRow",
    "TicketRow",
]
