"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("staffing", __name__, url_prefix="/staffing", template_folder="templates")
