"""Why a product cannot be written in a format."""


class ExportRefused(Exception):
    """Its text is the reason, in a sentence."""
