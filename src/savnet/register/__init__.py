"""Centres, residents, municipalities and recipients: what Sesam holds for us."""
