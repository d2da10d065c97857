"""The blueprint that the pages of the drill planner hang on."""

from flask import Blueprint

blueprint = Blueprint("drills", __name__, url_prefix="/drills", template_folder="templates")
