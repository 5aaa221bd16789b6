"""One package per way to reach a receiver. None of them knows another, nor the database."""
