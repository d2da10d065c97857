"""The blueprint of the handover pages."""

from flask import Blueprint

blueprint = Blueprint("handovers", __name__, url_prefix="/handovers", template_folder="templates")
