"""What the house has chosen: reminders, retries, what comes first. Never law, and never shown as law."""
