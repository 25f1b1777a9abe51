"""What stands at the foot of mails that nobody needs: why it came, and how it comes no more."""

from django.core.mail import EmailAlternative
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from orders.mailing import Letter
from personalization.messages.models import Message
from personalization.messages.own_site import whole_url
from personalization.people import leaving
from personalization.people.purposes import Purpose

STYLE = (
    "margin:0; padding:0 20px 24px; text-align:center; font-size:13px; color:#5f564b; "
    "font-family:Manrope, Helvetica, Arial, sans-serif"
)


def put(letter: Letter, message: Message) -> None:
    """Write it below the words, and below the same laid out."""
    purpose = Purpose(message.purpose).label
    because = _("You get this because you allowed it: %(purpose)s.") % {"purpose": purpose}
    out = leaving.url_for(message.person, message.purpose, message.channel)
    why = whole_url(reverse("own_messages:list"))
    leave, told = _("Leave with one click"), _("What we told you, and why")
    ways = (f"{leave}: {out}", f"{told}: {why}")
    letter.body = "\n".join([str(letter.body).rstrip(), "", "-- ", because, *ways, ""])
    below = format_html(
        '<p style="{}">{} <a href="{}" style="color:#9c3d1c">{}</a> · '
        '<a href="{}" style="color:#9c3d1c">{}</a></p>\n</body>',
        *(STYLE, because, out, leave, why, told),
    )
    letter.alternatives = [
        EmailAlternative(_with(str(each[0]), below), each[1]) for each in letter.alternatives
    ]


def _with(html: str, below: str) -> str:
    head, end, rest = html.rpartition("</body>")
    return f"{head}{below}{rest}" if end else html + below
