"""The case engine on a clock that only the simulation moves, with all that can go wrong around it."""
