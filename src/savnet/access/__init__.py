"""People, roles, and the one check of who may do what: `savnet.access.check.require`."""
