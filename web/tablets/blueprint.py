"""The blueprint of the officer's pages on tablets."""

from flask import Blueprint

blueprint = Blueprint("tablets", __name__, url_prefix="/tablets", template_folder="templates")
