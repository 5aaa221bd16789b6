"""Runs cases in memory: one after the other, or many at a time on all processors."""

from soak.simulation import in_memory, in_memory_doings, in_memory_invariants, in_memory_letters
from soak.simulation.in_memory import Memory
from soak.simulation.in_memory_silence import Silence
from soak.simulation.wrong import Broken

STEPS = (8, 40)
THOROUGHLY = 0.2


def run(seed: int) -> tuple[str, Memory, int]:
    """One case: what is wrong with it, if anything, the case, and how many checks were made."""
    case, checks = in_memory.begun(seed), 0
    silence = Silence(case.random)
    try:
        for _ in range(case.random.randrange(*STEPS)):
            in_memory_doings.one_step(case)
            checks += in_memory_invariants.look(case, thoroughly=bool(case.events) and case.chance(THOROUGHLY))
            checks += silence.a_round(case.derived, case.now, case.born)
        for numbered in (True, False):
            checks += in_memory_letters.fare(case.random, case.now, numbered=numbered)
    except Broken as broken:
        return str(broken), case, checks
    return "", case, checks
