"""Addresses as ads want them: normalized the way each format says, then SHA-256 in hexadecimal."""

import hashlib
import re

GMAIL = ("gmail.com", "googlemail.com")
LETTERLESS = re.compile(r"[\s()./-]+")
PHONE = re.compile(r"\+[1-9]\d{6,14}\Z", re.ASCII)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def email_for_google(email: str) -> str:
    """Trimmed and in small letters; of Gmail's addresses the dots and what follows a plus are gone.

    "" for what is no address.
    """
    plain = "".join(email.split()).lower()
    name, at, host = plain.rpartition("@")
    if not at or not name or "." not in host:
        return ""
    if host in GMAIL:
        name = name.split("+", 1)[0].replace(".", "")
    return f"{name}@{host}" if name else ""


def email_for_meta(email: str) -> str:
    """Trimmed and in small letters; Meta takes every address as it is written."""
    plain = email.strip().lower()
    name, at, host = plain.rpartition("@")
    return plain if at and name and "." in host and not plain.count(" ") else ""


def phone_for_google(phone: str) -> str:
    """E.164, with its plus: +48501234567. "" without a country's code."""
    plain = LETTERLESS.sub("", phone)
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    return plain if PHONE.match(plain) else ""


def phone_for_meta(phone: str) -> str:
    """Digits alone, with the country's code: 48501234567."""
    return phone_for_google(phone).removeprefix("+")


def hashed(text: str) -> str:
    """The hash of a normalized text; "" of none."""
    return sha256(text) if text else ""
