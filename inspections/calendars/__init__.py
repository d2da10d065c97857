"""Term calendars from files: what they say, and what it changes in the calendars of sites."""
