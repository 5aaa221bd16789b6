"""Commands of the watcher."""
