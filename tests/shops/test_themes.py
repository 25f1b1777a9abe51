"""Themes: whatever colors a brand has, everything can be read."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from configurator.shops.colors import EDGE, TEXT, Color, contrast, readable, tokens
from configurator.shops.models import Shop, Theme, check_origins
from configurator.shops.themes import contrasts, style_sheet, unreadable

colors = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "ink-faint", "accent", "good", "warn", "bad")
        for ground in ("paper", "surface", "sunken")
    ),
    *((f"on-{ground}", ground) for ground in ("accent", "ink", "bad")),
    *((text, f"{text}-soft") for text in ("good", "warn", "bad")),
]


@given(accent=colors, paper=colors, ink=colors)
def test_every_pair_of_every_theme_can_be_read(accent: str, paper: str, ink: str) -> None:
    ground, found = Color.read(paper), tokens(accent, paper, ink)
    reachable = max(
        contrast(Color.read("#ffffff"), ground), contrast(Color.read("#000000"), ground)
    )
    least = min(TEXT, reachable * 0.8)  # a middling ground lets nothing stand out more
    for text, behind in PAIRS:
        ratio = contrast(Color.read(found[text]), Color.read(found[behind]))
        assert ratio >= least - 0.05, (text, behind, found)
    edge = contrast(Color.read(found["line-strong"]), ground)
    assert edge >= min(EDGE, reachable * 0.8) - 0.05


@given(color=colors, ground=colors)
def test_the_nearest_shade_is_the_color_itself_where_it_can_be_read(
    color: str, ground: str
) -> None:
    shade = readable(Color.read(color), Color.read(ground))
    if contrast(Color.read(color), Color.read(ground)) >= TEXT:
        assert str(shade) == color
    assert contrast(shade, Color.read(ground)) >= TEXT


def test_known_contrasts() -> None:
    assert contrast(Color.read("#000000"), Color.read("#ffffff")) == pytest.approx(21)
    assert contrast(Color.read("#777777"), Color.read("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_a_sheet_names_every_color_of_ours() -> None:
    sheet = style_sheet(Theme(accent="#1f5f5b", paper="#16181d", ink="#f3efe7", radius=8))
    with open("static/css/tokens.css", encoding="utf-8") as ours:
        root = ours.read().split(":root", 1)[1].split("/* type", 1)[0]
    names = set(re.findall(r"--[\w-]+(?=: #)", root))
    assert names <= set(re.findall(r"--[\w-]+(?=: )", sheet))


def test_what_is_too_faint_is_told_with_the_nearest_that_is_not() -> None:
    told = unreadable("#ffcc00", "#ffffff", "#222222")
    assert set(told) == {"accent"}
    assert "1.5 : 1" in told["accent"]
    nearest = re.search(r"#[0-9a-f]{6}", told["accent"])
    assert nearest
    assert unreadable(nearest[0], "#ffffff", "#222222") == {}
    assert len(contrasts(Theme())) == 4


@pytest.mark.parametrize(
    "text",
    [
        "http://shop.example.com",
        "https://a b",
        "javascript:alert(1)",
        "https://x.com/path",
        "https://*.example.com",
        "https://x.com; script-src *",
        "'self'",
        "null",
    ],
)
def test_what_is_no_site_is_refused(text: str) -> None:
    with pytest.raises(Exception, match=r"must begin with|is not the address"):
        check_origins(text)


def test_the_admin_refuses_a_faint_theme_and_shows_the_snippet(admin_client: Client) -> None:
    page = "/admin/shops/shop/add/"
    rows = {
        "themes-TOTAL_FORMS": "1",
        "themes-INITIAL_FORMS": "0",
        "themes-0-code": "main",
        "themes-0-paper": "#ffffff",
        "themes-0-ink": "#222222",
        "themes-0-radius": "8",
        "themes-0-font": "ours",
        "themes-0-position": "0",
    }
    shop = {"code": "brand", "name": "Brand", "origins": "https://brand.example", "active": "on"}
    post = admin_client.post
    refused = post(page, {**shop, **rows, "themes-0-accent": "#ffcc00"})
    assert "The nearest shade that has it" in refused.content.decode()
    assert not Shop.objects.exists()
    assert post(page, {**shop, **rows, "themes-0-accent": "#7a3b00"}).status_code == 302
    made = Shop.objects.get()
    shown = admin_client.get(f"/admin/shops/shop/{made.pk}/change/")
    assert "/in/brand/embed.js" in shown.content.decode()
