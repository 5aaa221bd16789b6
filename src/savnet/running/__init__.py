"""How Savnet is started: settings, the embedded database, the supervisor behind `make run`, the `savnet` command."""
