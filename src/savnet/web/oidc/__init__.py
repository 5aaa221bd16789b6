"""Signing in at an issuer outside: Ansattporten, ID-porten, an agency's own. One module for each step of the way."""
