"""What tries to break Savnet: killed workers, broken lines, silent receivers and every minute of seventeen years.

Each prints the seed it ran with, and does the same again when it is given that seed.
"""
