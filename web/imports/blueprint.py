"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("imports", __name__, url_prefix="/manage/import", template_folder="templates")
