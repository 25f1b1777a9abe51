"""JSON fields that a person can read and write."""

import json
from typing import Any

from django import forms


class ReadableJSONField(forms.JSONField):
    """JSON with one row of a table a line, and letters as letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 8, "cols": 90, "spellcheck": "false"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return "" if value is None else readable(value)


def readable(value: Any) -> str:
    """Indented JSON; a list of lists has a line for each."""
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n]"
    return json.dumps(value, ensure_ascii=False, indent=2)
