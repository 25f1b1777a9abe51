"""The quote on paper, and its mails: when it is made, and some days before it ends."""

from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.shops.embedding import public
from orders import jobs, mailing
from orders.models import Job
from orders.money import say_money
from orders.papers import confirmation, words
from orders.papers.confirmation_layout import lay_out
from orders.quotes.making import as_order
from orders.quotes.models import Quote
from orders.receipt import receipt_of
from orders.summary import say_day


def printed(quote: Quote) -> bytes:
    """The PDF, in the quote's language: always the same bytes."""
    with override(quote.language):
        order, lines, sums = as_order(quote)
        letter = confirmation.letter_of(order, lines, sums, link_of(quote), quote.language)
        until = words.long_date(quote.valid_until, quote.language)
        told = _(
            "This is what we build for you, and what it costs, if you accept by %(until)s. Ordered"
            " today it would leave our workshop by %(day)s; you see the day of then before you"
            " accept."
        ) % {"until": until, "day": words.long_date(quote.ready_on, quote.language)}
        letter = replace(
            letter,
            title=_("Quote %(number)s") % {"number": quote.number},
            thanks=_("For you, %(name)s.") % {"name": order.name},
            told=told,
            follow=_("Accept or decline"),
            closing=_("Questions, or something different? Just reply to our mail."),
        )
        return lay_out(letter, confirmation.size_for(order), quote.language)


def link_of(quote: Quote) -> str:
    """The address of its page."""
    return public(reverse("quotes:quote", args=[quote.token]))


def send(job_id: str | UUID) -> bool:
    """Perform the job: mail the quote."""
    return jobs.perform_prepared(job_id, _send, lambda _job, _sent: None)


def remind(job_id: str | UUID) -> bool:
    """Perform the job: remind of a quote that still waits."""
    return jobs.perform_prepared(job_id, _remind, lambda _job, _sent: None)


def _send(job: Job) -> None:
    quote = Quote.objects.get(pk=job.payload["quote"])
    with override(quote.language):
        subject = _("Your quote %(number)s") % {"number": quote.number}
    mail = _mail(quote, "quote", subject)
    mail.attach(f"{quote.number}.pdf", printed(quote), "application/pdf")
    mail.send()


def _remind(job: Job) -> None:
    quote = Quote.objects.filter(pk=job.payload["quote"]).first()
    if quote is None or not quote.can_be_accepted:
        return
    with override(quote.language):
        subject = _("Your quote %(number)s ends soon") % {"number": quote.number}
    _mail(quote, "reminder", subject).send()


def _mail(quote: Quote, name: str, subject: str) -> mailing.Letter:
    with override(quote.language):
        order, lines, sums = as_order(quote)
        shown = mailing.shown_of(lines, quote.currency)
        return mailing.letter(
            f"quote_{name}" if name != "quote" else name,
            text=f"quotes/{name}.txt",
            to=str(quote.contact["email"]),
            subject=subject,
            key=f"{quote.pk}.{name}",
            shown=shown,
            quote=quote,
            name=order.name,
            lines=[each.line for each in shown],
            receipt=receipt_of(order, sums, quote.language),
            total=say_money(quote.total, quote.currency, quote.language),
            until=say_day(quote.valid_until, quote.language),
            link=link_of(quote),
        )
