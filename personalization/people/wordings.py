"""What people are asked, in their language: the texts to begin with, and the versions since."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from personalization.people.models import Wording
from personalization.people.purposes import Purpose

FIRST: dict[str, dict[str, str]] = {
    Purpose.PERSONALIZATION: {
        "en": "We may remember what you look at and design here, to make these pages for you.",
        "es": "Podemos recordar lo que miras y diseñas aquí para hacer estas páginas a tu medida.",
        "pl": "Możemy pamiętać, co tu oglądasz i projektujesz, by te strony były Twoje.",
    },
    Purpose.RECOMMENDATIONS: {
        "en": "We may suggest what suits you, from what you chose, ordered and told us.",
        "es": "Podemos sugerirte lo que te va, según lo que elegiste, pediste y nos contaste.",
        "pl": "Możemy podpowiadać, co pasuje, na podstawie Twoich wyborów, zamówień i odpowiedzi.",
    },
    Purpose.OWN_DESIGNS: {
        "en": "Tell me about my own designs: when the price or day changes, or if I left one.",
        "es": "Avísenme sobre mis diseños: si cambia el precio o el día, o si dejé uno a medias.",
        "pl": "Piszcie do mnie o moich projektach: gdy zmieni się cena lub dzień albo jakiś czeka.",
    },
    Purpose.MARKETING: {
        "en": "Send me news and offers. I can leave with one click at any time.",
        "es": "Envíenme novedades y ofertas. Puedo darme de baja con un clic cuando quiera.",
        "pl": "Wysyłajcie mi nowości i oferty. Zawsze mogę zrezygnować jednym kliknięciem.",
    },
    Purpose.BROCHURES: {
        "en": "Print a brochure for me from my designs and orders, and send it by post.",
        "es": "Impriman para mí un folleto con mis diseños y pedidos y envíenlo por correo.",
        "pl": "Drukujcie dla mnie broszurę z moimi projektami i zakupami i wysyłajcie pocztą.",
    },
    Purpose.ADS: {
        "en": "You may show me your ads elsewhere; a hash of my address leaves for that.",
        "es": "Pueden mostrarme anuncios en otros sitios; para ello se envía un hash de mi correo.",
        "pl": "Możecie pokazywać mi reklamy gdzie indziej; przekazujecie w tym celu skrót adresu.",
    },
    Purpose.RESEARCH: {
        "en": "You may ask me how it was.",
        "es": "Pueden preguntarme qué tal fue.",
        "pl": "Możecie zapytać mnie, jak było.",
    },
    Purpose.CLICKS: {
        "en": "You may note which links of your messages I follow, to send less that is no use.",
        "es": "Pueden anotar qué enlaces de sus mensajes sigo, para enviar menos que no me sirva.",
        "pl": "Możecie notować, które linki w wiadomościach otwieram, by mniej pisać na próżno.",
    },
}


def current(purpose: str) -> Wording:
    """The latest wording of a purpose."""
    found = Wording.objects.filter(purpose=purpose).order_by("-version").first()
    if found is not None:
        return found
    row, _new = Wording.objects.get_or_create(
        purpose=purpose, version=1, defaults={"texts": FIRST[purpose]}
    )
    return row


def text_of(wording: Wording, language: str) -> str:
    """The words in a language, in English where there are none."""
    return str(wording.texts.get(language) or wording.texts.get("en", ""))


def publish(*, purpose: str, texts: dict[str, str], asks_again: bool = False) -> Wording:
    """New words; ValueError without English ones."""
    if not texts.get("en", "").strip():
        raise ValueError("there are no English words")
    current(purpose)
    for _attempt in range(8):
        last = Wording.objects.filter(purpose=purpose).aggregate(last=Max("version"))["last"]
        try:
            with transaction.atomic():
                return Wording.objects.create(
                    purpose=purpose, version=last + 1, texts=texts, asks_again=asks_again
                )
        except IntegrityError:
            continue
    raise RuntimeError("others publish wordings all the time")


def counts_from(purpose: str) -> int:
    """The version from which on a yes counts."""
    asked = Wording.objects.filter(purpose=purpose, asks_again=True)
    return int(asked.aggregate(last=Max("version"))["last"] or 0)
