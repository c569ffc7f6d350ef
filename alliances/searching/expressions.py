"""The words of a row as one text."""

from django.db.models import F, Func, TextField, Value

BETWEEN = " · "


class Joined(Func):
    """Texts one after the other, without those that are empty."""

    template = "concat_ws(%(expressions)s)"
    output_field = TextField()

    def __init__(self, *texts):
        named = [F(text) if isinstance(text, str) else text for text in texts]
        filled = [
            Func(text, Value(""), function="NULLIF", output_field=TextField()) for text in named
        ]
        super().__init__(Value(BETWEEN), *filled)


class Listed(Func):
    """What stands in an array, as one text."""

    template = f"array_to_string(%(expressions)s, '{BETWEEN}')"
    output_field = TextField()
