"""Handing a post over at the change of shifts: who to whom, what is open, and the countersign."""
