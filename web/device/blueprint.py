"""The blueprint of the tablet."""

from flask import Blueprint

blueprint = Blueprint("device", __name__, template_folder="templates")
