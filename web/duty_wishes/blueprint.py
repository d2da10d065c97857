"""The blueprint of the pages about wishes for duty rosters."""

from flask import Blueprint

blueprint = Blueprint("duty_wishes", __name__, url_prefix="/wishes", template_folder="templates")
