"""What a person told us that can't be right. The text is for whoever typed it; `field` names the field."""


class Mistake(Exception):
    """Something can't be recorded as told. Nothing was recorded; show the text at the field and ask again."""

    def __init__(self, text: str, *, field: str) -> None:
        super().__init__(text)
        self.field = field
