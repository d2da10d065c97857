"""Everybody sees and ticks their own list, and nothing else."""

from radicale.rights import BaseRights


class Rights(BaseRights):
    """Read the own principal, read and write the items of the own list; no lists are made."""

    def authorization(self, user: str, user_groups: set, path: str) -> str:  # noqa: ARG002
        """Return the rights of *user* on *path*."""
        parts = path.strip("/").split("/")
        if parts == [""]:
            return "R" if user else ""
        if not user or parts[0] != user:
            return ""
        return "R" if len(parts) == 1 else "rw"
