"""What helps people to write packs: edits that leave the rest of a text alone, and a schema."""
