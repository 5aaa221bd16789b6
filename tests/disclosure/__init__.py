"""Tests of `savnet.disclosure`: no small count can be computed from what is shown."""
