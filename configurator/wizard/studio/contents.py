"""The picture of a content; rows may hold anything, which others refuse."""

from __future__ import annotations

from configurator.catalog.content import Content


def picture_of(content: Content) -> Content:
    """The picture, {} where there is none or it is no map."""
    picture = content["picture"]
    return picture if isinstance(picture, dict) else {}


def layers_of(content: Content) -> list[Content]:
    """Its layers, those that are maps."""
    layers = picture_of(content).get("layers")
    return [each for each in layers if isinstance(each, dict)] if isinstance(layers, list) else []


def size_of(content: Content) -> tuple[int, int]:
    """The size of the scene, pixels."""
    picture = picture_of(content)
    width, height = picture.get("width"), picture.get("height")
    return width if type(width) is int else 1200, height if type(height) is int else 900
