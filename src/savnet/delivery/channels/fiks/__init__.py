"""Fiks bekymringsmelding: the national portal's own way from a notifier's system into the child-welfare service's."""
