"""From cadences to dated occurrences on a working calendar, and from occurrences to people."""
