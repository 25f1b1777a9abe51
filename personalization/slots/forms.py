"""A variant as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from configurator.catalog import places
from configurator.catalog.texts import languages
from configurator.wizard.entering import read_value
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.preview import ArtworkError
from personalization.segments import language
from personalization.slots import catalog, uploads
from personalization.slots.known import DESIGNS, ORDER, Place
from personalization.slots.models import Variant

TEXTS = {"title": 120, "text": 600, "button": 40}
MOMENT = "%Y-%m-%dT%H:%M"
LINK = re.compile(r"(/(?!/)|#|https://)\S*\Z")
Source = Variant.Source
SOURCES: Mapping[str, tuple[str, ...]] = {
    places.OPENING: (Source.HAND,),
    places.PRODUCTS: (Source.HAND, Source.SEEN),
    places.DESIGNS: (Source.HAND,),
    places.MAIL: (Source.HAND, Source.TOGETHER, Source.SEEN, Source.OFFER),
}
"""What may fill a place; elsewhere words, what is found by others' orders, or an offer."""
FOUND = (Source.HAND, Source.FINISHED, Source.TOGETHER, Source.OFFER)


def sources_of(place: Place) -> tuple[str, ...]:
    return SOURCES.get(place.code, FOUND)


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    """The fields that matter at the variant's place; texts in each language."""

    items = forms.CharField(
        label=gettext_lazy("These first, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    upload = forms.FileField(
        label=gettext_lazy("Or upload a picture (PNG, JPEG, WebP; 12 MB at most)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    lot = forms.ChoiceField(
        label=gettext_lazy("Only for whom an experiment’s lot gives this arm"), required=False
    )

    class Meta:
        model = Variant
        fields = (
            *("name", "on", "priority", "since", "until"),
            *("whom", "segment", "rule", "visit_product", "visit_choice", "product"),
            *("source", "offer", "items", "link", "picture", "needed"),
        )
        labels = {
            "name": pgettext_lazy("variant", "Name, for you"),
            "visit_choice": gettext_lazy("In which is chosen, like “frame = titanium”"),
            "link": gettext_lazy("Where the button leads: a product’s code, or an address"),
            "needed": gettext_lazy("It belongs to the order, and is no advertising"),
            "priority": gettext_lazy("Priority, the highest wins"),
        }

    def __init__(
        self, place: Place, data: Any = None, files: Any = None, *, instance: Variant
    ) -> None:
        initial: dict[str, Any] = {"items": "\n".join(map(str, instance.items))}
        if instance.experiment:
            initial["lot"] = f"{instance.experiment}/{instance.arm}"
        for text in TEXTS:
            for code, said in getattr(instance, text).items():
                initial[f"{text}_{code}"] = said
        super().__init__(data, files, instance=instance, initial=initial)
        self.place = place
        instance.place = place.code
        self._choose()
        self._speak()
        for name in _missing(place):
            del self.fields[name]

    def _choose(self) -> None:
        """What can be named is chosen from a list."""
        none = ("", "–")
        products = catalog.product_choices()
        for name in ("product", "visit_product"):
            label = self.fields[name].label
            chosen = [("", _("any")), *products]
            self.fields[name] = forms.ChoiceField(label=label, choices=chosen, required=False)
        pictures = [none, *catalog.picture_choices()]
        if self.instance.picture.startswith(uploads.NAMED):
            pictures.append((self.instance.picture, _("the uploaded one")))
        label = self.fields["picture"].label
        self.fields["picture"] = forms.ChoiceField(label=label, choices=pictures, required=False)
        lots = [none, *catalog.arm_choices()]
        kept = self.initial.get("lot")
        if kept and kept not in dict(lots):
            lots.append((kept, kept))
        self.fields["lot"].choices = lots  # type: ignore[attr-defined]
        labels = dict(Source.choices)
        source = [(code, labels[Source(code)]) for code in sources_of(self.place)]
        self.fields["source"] = forms.ChoiceField(label=_("What is shown"), choices=source)
        empty = {"offer": _("the one of theirs that ends first"), "segment": _("Please choose")}
        for name, said in empty.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.empty_label = said
        for name in ("since", "until"):
            widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)
            self.fields[name].widget = widget

    def _speak(self) -> None:
        """A field for each text in each language."""
        names = {
            "title": pgettext_lazy("of a page", "Title"),
            "text": pgettext_lazy("of a page", "Text"),
            "button": pgettext_lazy("of a page", "Button"),
        }
        for text, most in TEXTS.items():
            for code in languages():
                long = forms.Textarea(attrs={"rows": 3})
                label = f"{names[text]} ({get_language_info(code)['name_translated']})"
                self.fields[f"{text}_{code}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=most,
                    widget=long if text == "text" else forms.TextInput(),
                )

    def texts(self) -> list[str]:
        """The names of the fields of texts, by what they say."""
        return [f"{text}_{code}" for text in TEXTS for code in languages()]

    # what is right

    def clean_items(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        known = catalog.item_choices(self.place)
        for each in found:
            if each not in dict(known):
                raise ValidationError(_("There is no “%(code)s”.") % {"code": each[:80]})
        return found

    def clean_upload(self) -> str:
        """The picture's name; "" where none came."""
        file = self.cleaned_data["upload"]
        if not file:
            return ""
        try:
            return uploads.keep(file)
        except ArtworkError as error:
            raise ValidationError(str(error)) from None

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"]).strip()
        if link and not LINK.match(link) and link not in dict(catalog.product_choices()):
            raise ValidationError(
                _("Write a product’s code, or an address that begins with “/” or “https://”.")
            )
        return link

    def clean_rule(self) -> str:
        rule = str(self.cleaned_data["rule"]).strip()
        if rule:
            try:
                language.parse(rule)
            except language.BadRule as error:
                raise ValidationError(
                    _("Line %(line)s, character %(column)s: %(said)s") % vars(error)
                ) from None
        return rule

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field, told in _wrong(self.place, data).items():
            if field in self.fields and field not in self.errors:
                self.add_error(field, told)
        return data

    def variant(self) -> Variant:
        """The variant as it was written, not kept yet."""
        found: Variant = self.save(commit=False)
        data = self.cleaned_data
        found.place = self.place.code
        found.items = data.get("items") or []
        found.picture = data.get("upload") or data.get("picture") or ""
        found.experiment, _sign, found.arm = data.get("lot", "").partition("/")
        for text in TEXTS:
            said = {code: data.get(f"{text}_{code}", "").strip() for code in languages()}
            setattr(found, text, {code: words for code, words in said.items() if words})
        return found


def _missing(place: Place) -> list[str]:
    """The fields that mean nothing at a place."""
    gone = [] if place.about_product else ["product"]
    if place.code != places.MAIL:
        gone.append("needed")
    else:
        gone += ["visit_product", "visit_choice"]
    if Source.OFFER not in sources_of(place):
        gone.append("offer")
    if not place.pictured:
        gone += ["picture", "upload"]
    if place.kind in (ORDER, DESIGNS):
        texts = [f"{text}_{code}" for text in TEXTS for code in languages()]
        return [*gone, "link", *texts]
    return gone if place.code == places.MAIL else [*gone, "items"]


def _wrong(place: Place, data: Mapping[str, Any]) -> dict[str, str]:
    """What does not go together, by the field at which it is told."""
    wrong = {**_wrong_whom(place, data), **_wrong_content(place, data)}
    since, until = data.get("since"), data.get("until")
    if since and until and since >= until:
        wrong["until"] = _("The end comes after the beginning.")
    return wrong


def _wrong_whom(place: Place, data: Mapping[str, Any]) -> dict[str, str]:
    match data.get("whom"):
        case Variant.Whom.SEGMENT if not data.get("segment"):
            return {"segment": _("Choose a segment.")}
        case Variant.Whom.RULE if not data.get("rule"):
            return {"rule": _("Write a rule.")}
        case Variant.Whom.VISIT if place.code == places.MAIL:
            return {"whom": _("A mail knows no visit. Choose a segment or write a rule.")}
        case Variant.Whom.VISIT:
            return _wrong_visit(data.get("visit_product", ""), data.get("visit_choice", ""))
    return {}


def _wrong_visit(slug: str, choice: str) -> dict[str, str]:
    if not choice:
        return {}
    option, sign, value = (part.strip() for part in choice.partition("="))
    if not (option and sign and value):
        return {"visit_choice": _("Write an option and its value, like “frame = titanium”.")}
    product = next((each for each in catalog.products() if each.slug == slug), None)
    if product is None:
        return {"visit_product": _("Choose the product that has this option.")}
    try:
        read_value(product, option, value, "en")
    except UnknownOption:
        return {"visit_choice": _("There is no “%(code)s”.") % {"code": option}}
    except BadInput:
        return {"visit_choice": _("There is no “%(code)s”.") % {"code": value}}
    return {}


def _wrong_content(place: Place, data: Mapping[str, Any]) -> dict[str, str]:
    if data.get("source") != Source.HAND:
        told = _("Only words belong to an order. What is found for somebody is advertising.")
        return {"needed": told} if data.get("needed") else {}
    if place.kind in (ORDER, DESIGNS):
        return {} if data.get("items") else {"items": _("Write at least one.")}
    title = f"title_{languages()[0]}"
    return {} if data.get(title) else {title: _("Write a title.")}
