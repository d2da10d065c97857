"""Days, scenarios and leaders for the drills that rules demand of a site in a year."""
