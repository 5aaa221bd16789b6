"""Who follows a case up, who is on duty, who was told that nothing has happened, and how that telling went."""
