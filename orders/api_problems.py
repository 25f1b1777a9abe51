"""What is wrong with what programs send."""

from typing import Any

from ninja.errors import ValidationError


def first_wrong(error: ValidationError) -> tuple[str, dict[str, Any]]:
    """The place of the first thing that is wrong, "" for the whole body, and what is said of it."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    source, *steps = first.get("loc", ("",))
    if source == "body":  # then comes what our function calls the whole body
        steps = steps[1:]
    return ".".join(str(step) for step in steps), first
