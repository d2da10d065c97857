"""What tablets send: taken in once, applied in order, acknowledged by hash; nothing is lost."""
