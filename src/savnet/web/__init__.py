"""The screens: one module per screen, each behind the one `screen` decorator. Nothing here decides what is owed."""
