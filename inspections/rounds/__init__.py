"""What the pages of the round read: one person's day, one occurrence, one record, one finding."""
