"""What the simulation says when something does not hold."""


class Broken(Exception):
    """An invariant does not hold."""
