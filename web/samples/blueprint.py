"""The blueprint of the sample pages."""

from flask import Blueprint

blueprint = Blueprint("samples", __name__, url_prefix="/samples", template_folder="templates")
