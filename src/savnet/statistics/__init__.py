"""Counts over cases, published by the quarter; nothing leaves this package that `disclosure` has not made safe."""
