"""Rules as data: which duties bind a site, since when, by which clause, and why."""
