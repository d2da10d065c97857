"""Pages, calendar feeds and the command line."""
