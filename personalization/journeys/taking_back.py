"""What our pages still tell somebody goes with what they told, in the transaction of its taking
back; what is not said yet is not said (`speaking`), and they leave (`listening`)."""

from django.utils import timezone

from personalization.journeys.asking import COMPOSER
from personalization.journeys.crediting import told_for
from personalization.journeys.models import Version
from personalization.journeys.plan import Plan
from personalization.messages.deciding import of_whole
from personalization.messages.models import Message
from personalization.offering.models import Offer
from personalization.people.purposes import Channel
from personalization.people.withdrawing import Withdrawal
from personalization.segments.reading import told_in


def hear(withdrawal: Withdrawal) -> None:
    """Messages on our pages that rest on it are over."""
    if not withdrawal.facts:
        return
    told = of_whole(withdrawal.person).filter(
        composer=COMPOSER, channel=Channel.SITE, state=Message.State.SENT, seen_at=None
    )
    over = [message.pk for message in told if _rested_on(message) & withdrawal.facts]
    Message.objects.filter(pk__in=over).update(expires_at=timezone.now())


def _rested_on(message: Message) -> frozenset[str]:
    """What its reader had told that brought it about, or earned its code."""
    version = Version.objects.filter(pk=message.data.get("version")).first()
    plan = Plan.from_json(version.plan) if version else Plan()
    step = plan.step(str(message.data.get("step")))
    if step is None:
        return frozenset()
    offer = Offer.objects.filter(pk=step.offer or 0).first()
    earned = told_in(offer.rule) if offer is not None else frozenset()
    return frozenset(told_for(plan, step.id)) | earned
