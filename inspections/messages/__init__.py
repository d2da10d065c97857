"""What people and groups are told: composed from the record, kept in an outbox, sent once."""
