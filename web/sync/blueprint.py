"""The blueprint of the sync."""

from flask import Blueprint

blueprint = Blueprint("sync", __name__, url_prefix="/sync")
