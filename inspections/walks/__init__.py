"""Routes of people's days: what the record knows of places and ways, and the walks made of it."""
