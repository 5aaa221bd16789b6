"""What a case of the whole house is mostly about, so that each kind of trouble comes in every eighth of them."""

THEMES = (
    "anything",
    "corrections",
    "receivers",
    "back at once",
    "exercise",
    "closing",
    "between two centres",
    "the staff",
)


def theme_of(seed: int) -> str:
    """The theme of the case with this seed."""
    return THEMES[seed % len(THEMES)]
