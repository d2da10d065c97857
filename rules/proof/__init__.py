"""How well the examples of rules prove them: which outcomes they see, which changes they notice."""
