"""KS SvarUt: letters into a municipality's own system or digital mailbox, encrypted to the portal."""
