"""Savnet: what RS 2015-009 demands when an unaccompanied minor disappears, done and accounted for."""

__version__ = "0.1.0"
