"""What the screens call things: Norwegian words for the codes of the rules. No rule is decided here."""
