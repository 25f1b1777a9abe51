"""Django's admin classes as a type checker knows them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

if TYPE_CHECKING:
    PlainAdmin = admin.ModelAdmin[Any]
    TextsAdmin = TranslationAdmin[Any]
else:
    PlainAdmin = admin.ModelAdmin
    TextsAdmin = TranslationAdmin
