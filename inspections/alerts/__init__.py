"""What needs somebody's eye now, computed from the record and the cadences of the rules."""

from inspections.alerts.alert import Alert, AlertCode
from inspections.alerts.computing import alerts

__all__ = ["Alert", "AlertCode", "alerts"]
