"""The best row of one employee at given prices, exactly and fast."""
