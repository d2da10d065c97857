"""The blueprint of the pages about pairings and separations."""

from flask import Blueprint

blueprint = Blueprint("duty_bonds", __name__, url_prefix="/pairings", template_folder="templates")
