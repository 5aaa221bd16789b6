"""Letters that were really sent, and all that comes back about them which is no receipt."""
