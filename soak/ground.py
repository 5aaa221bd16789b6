"""Sets Django up, on the ground the tests stand on. Who runs something imports this before anything else."""

import os
import sys
from pathlib import Path

import django

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))  # for the peers that stand at the lines' other ends
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.ground")
django.setup()
