"""
What looks implausible in records, as figures to look at and never as accusations.

Each pattern is a pure function over what was recorded; an officer sees its figures, the records
behind it and the threshold it passed, and writes down what looking into it came to.
"""
