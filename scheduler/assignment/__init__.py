"""Who does which occurrence: qualified, present, free, and fairly shared."""
