"""iCalendar feeds: one private link for a person or a site."""
