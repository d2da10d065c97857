"""One file for each family of cadences: from a cadence on a calendar to occurrences."""
