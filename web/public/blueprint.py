"""The blueprint of calendar links; each part registers itself on it."""

from flask import Blueprint

blueprint = Blueprint("calendar", __name__, template_folder="templates")
