"""Findings: how they open, how long they may take, and how they close."""
