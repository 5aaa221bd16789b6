"""What the figures were measured on: without it they say nothing to anybody else."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Python, processors and operating system in one line."""
    return f"Python {platform.python_version()}, {os.cpu_count()} x {processor()}, {platform.system()}, load {load()}"


def processor() -> str:
    """The processor's name where the system tells it, else its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load() -> str:
    """How much else was going on: over the number of processors, and the figures are too slow."""
    return f"{os.getloadavg()[0]:.1f}"
