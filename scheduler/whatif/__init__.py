"""What if: what changes of rules and facts do to duties, occurrences and people."""
