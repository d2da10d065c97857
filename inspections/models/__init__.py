"""The stored rows; importing this package makes all of them known to the metadata."""

from inspections.models.access import FeedSubscriptionRow
from inspections.models.audit import AuditRow
from inspections.models.base import Row
from inspections.models.board import BoardChangeRow, BoardPublicationRow
from inspections.models.code import ProblemReportRow, ShortCodeRow
from inspections.models.drill import (
    DrawSecretRow,
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillScriptRow,
    DrillServesRow,
    DrillShortcomingRow,
)
from inspections.models.duty_bond import DutyBondRow
from inspections.models.duty_wish import DutyWishRow
from inspections.models.feed import (
    CalendarClockRow,
    CalendarEntryRow,
    FeedDocumentRow,
    PastAssignmentRow,
)
from inspections.models.finding import (
    ChaseLetterRow,
    FindingBatchRow,
    FindingEventRow,
    FindingRow,
    FollowUpRow,
)
from inspections.models.handover import HandoverRow
from inspections.models.inspection import AnswerRow, EvidenceLinkRow, EvidenceRow, InspectionRow
from inspections.models.messages import (
    AppPasswordRow,
    InvitationRow,
    MessageChoiceRow,
    MessageRow,
    WebhookRow,
)
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
from inspections.models.plausibility import FlagLookRow, ThresholdRow, WalkingTimeRow
from inspections.models.published_pack import PublishedPackRow
from inspections.models.reaction import ReactionAppliedRow, StaffingNeedRow, StopUseRow
from inspections.models.roster import RosterCellRow, RosterRunRow
from inspections.models.sample import FoodSampleRow, ServedDishRow, ServedMealRow
from inspections.models.signing_in import (
    AccountLinkRow,
    AccountSessionRow,
    RegisteredTabletRow,
)
from inspections.models.sync import SignatureRow, SyncItemRow, TabletRow
from inspections.models.ticket import TicketEventRow, TicketRow

__all__ = [
    "AbsenceRow",
    "AccountLinkRow",
    "AccountRow",
    "AccountSessionRow",
    "AnswerRow",
    "AppPasswordRow",
    "AssetRow",
    "AssignmentRow",
    "AuditRow",
    "BoardChangeRow",
    "BoardPublicationRow",
    "CalendarClockRow",
    "CalendarEntryRow",
    "CertificateRow",
    "ChaseLetterRow",
    "DecisionRow",
    "DrawSecretRow",
    "DrillProgrammeRow",
    "DrillReportRow",
    "DrillRow",
    "DrillScriptRow",
    "DrillServesRow",
    "DrillShortcomingRow",
    "DutyBondRow",
    "DutyRow",
    "DutyWishRow",
    "EvidenceLinkRow",
    "EvidenceRow",
    "FeedDocumentRow",
    "FeedSubscriptionRow",
    "FindingBatchRow",
    "FindingEventRow",
    "FindingRow",
    "FlagLookRow",
    "FollowUpRow",
    "FoodSampleRow",
    "HandoverRow",
    "InspectionRow",
    "InvitationRow",
    "KeptTextRow",
    "MessageChoiceRow",
    "MessageRow",
    "OccurrenceEventRow",
    "OccurrenceRow",
    "OrganisationRow",
    "PastAssignmentRow",
    "PerformedRow",
    "PersonRow",
    "PlaceRow",
    "PlanRunRow",
    "PostRow",
    "ProblemReportRow",
    "PublishedPackRow",
    "ReactionAppliedRow",
    "RegisteredTabletRow",
    "RosterCellRow",
    "RosterRunRow",
    "Row",
    "ServedDishRow",
    "ServedMealRow",
    "ShortCodeRow",
    "SignatureRow",
    "SiteEventRow",
    "SiteRow",
    "StaffingNeedRow",
    "StopUseRow",
    "SyncItemRow",
    "TabletRow",
    "ThresholdRow",
    "TicketEventRow",
    "TicketRow",
    "WalkingTimeRow",
    "WebhookRow",
]
