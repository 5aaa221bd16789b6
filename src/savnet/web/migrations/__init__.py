"""The migrations of `web`."""
