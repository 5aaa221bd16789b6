"""Backups that only an offline key opens, the way back, and a drill that proves it."""
