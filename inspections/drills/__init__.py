"""The year of drills: proposed from duties, published, held, reported, and learnt from."""
