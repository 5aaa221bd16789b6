"""The ground all tests stand on: settings for tests, and a real PostgreSQL."""

import os

os.environ.setdefault("SAVNET_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("SAVNET_DATABASE_URL", "postgresql://postgres@/postgres?host=/tmp/scratch/pgdata")
