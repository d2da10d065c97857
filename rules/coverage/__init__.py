"""What laws and practice ask for, as data, and which rule or model of ours carries it."""
