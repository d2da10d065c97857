"""What every part of a file that somebody writes has in common."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that never changes and refuses fields that it does not have."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
