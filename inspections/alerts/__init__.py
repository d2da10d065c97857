"""What needs somebody's eye now, computed from the record and the cadences of the rules."""

from inspections.alerts.alert import Alert, AlertCode
from inspections.alerts.computing import A_MONTH, alerts
from inspections.alerts.most_missed import most_missed

__all__ = ["A_MONTH", "Alert", "AlertCode", "alerts", "most_missed"]
