"""Calendar feeds in the record: links, what they show, and the revisions of it."""
