"""Customers' pages may be read from right to left: their style sheets know no left and no right."""

import re

from django.conf import settings

STAFF = {
    *("bench", "board", "factory", "figures", "printing", "insight", "studio", "table"),
    *("catalog", "doctor", "publication", "workspace"),
}
OVER_PICTURES = {"placing"}
"""Sheets of what is laid over a picture, which is not turned around."""
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right"
    r"|(?:text-align|float): (?:left|right))\b.*",
    re.MULTILINE,
)


def test_style_sheets_of_customers_are_logical() -> None:
    found = {
        sheet.name: lines
        for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css")
        if sheet.stem not in STAFF | OVER_PICTURES
        and (lines := PHYSICAL.findall(sheet.read_text("utf-8")))
    }
    assert found == {}
