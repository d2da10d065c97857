"""The blueprint that devices hang on."""

from flask import Blueprint

blueprint = Blueprint("devices", __name__, template_folder="templates")
