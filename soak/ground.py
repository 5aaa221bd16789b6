"""Sets Django up, on the ground the tests stand on. Who runs something imports this before anything else."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")
django.setup()
