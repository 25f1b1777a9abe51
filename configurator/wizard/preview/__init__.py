"""The one renderer of preview pictures: for the wizard, the papers and the mails."""

from configurator.wizard.preview.artwork import (
    ArtworkError,
    CleanArtwork,
    artwork_path,
    keep_artwork,
    keep_original,
    open_artwork,
)
from configurator.wizard.preview.describing import describe
from configurator.wizard.preview.fonts import font_stems, missing_glyphs
from configurator.wizard.preview.rendering import picture_key, render_picture, try_picture
from configurator.wizard.preview.warming import warm_layers, warm_pictures, warm_smallest

__all__ = [
    "ArtworkError",
    "CleanArtwork",
    "artwork_path",
    "describe",
    "font_stems",
    "keep_artwork",
    "keep_original",
    "missing_glyphs",
    "open_artwork",
    "picture_key",
    "render_picture",
    "try_picture",
    "warm_layers",
    "warm_pictures",
    "warm_smallest",
]
