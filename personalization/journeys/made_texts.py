"""What the ready-made journeys say, in English, Spanish and Polish."""

Texts = dict[str, dict[str, str]]


def _texts(**by_language: tuple[str, str]) -> Texts:
    return {
        language: {"subject": subject, "text": text.strip()}
        for language, (subject, text) in by_language.items()
    }


LEFT_FIRST = _texts(
    en=(
        "Your {product} is kept",
        """
Hello,

your design is just as you left it.

Today it costs {price}.

Ordered today, it would be ready on {ready}.
""",
    ),
    es=(
        "Guardamos tu {product}",
        """
Hola:

Tu diseño sigue tal y como lo dejaste.

Hoy cuesta {price}.

Si lo pides hoy, estará listo el {ready}.
""",
    ),
    pl=(
        "Twój {product} czeka",
        """
Dzień dobry,

Twój projekt jest dokładnie taki, jak przy ostatniej wizycie.

Dziś kosztuje {price}.

Zamówiony dziś, będzie gotowy: {ready}.
""",
    ),
)

LEFT_LAST = _texts(
    en=(
        "A little something for your {product}",
        """
Hello,

your design is still here, for {price}, and could be ready on {ready}.

If you would like to have it built, here is {worth} with a code that is yours alone:
{code}

After this we leave you in peace about it.
""",
    ),
    es=(
        "Un detalle para tu {product}",
        """
Hola:

Tu diseño sigue aquí, por {price}, y podría estar listo el {ready}.

Si quieres que lo fabriquemos, aquí tienes {worth} con un código solo para ti:
{code}

Después de esto no te escribiremos más sobre él.
""",
    ),
    pl=(
        "Drobiazg do Twojego projektu: {product}",
        """
Dzień dobry,

Twój projekt nadal tu jest, za {price}, i może być gotowy: {ready}.

Jeśli mamy go zbudować, oto {worth} z kodem tylko dla Ciebie:
{code}

Potem nie będziemy już o nim pisać.
""",
    ),
)

CARE = _texts(
    en=(
        "How your {product} stays beautiful",
        """
Hello,

we hope that what we built for you has found its place.

Wipe it with a soft, dry cloth; keep it out of standing water and strong sun. If anything is not \
as it should be, tell us on the page of your order {order}: we put it right.
""",
    ),
    es=(
        "Cómo cuidar tu {product}",
        """
Hola:

Esperamos que lo que fabricamos para ti haya encontrado su sitio.

Límpialo con un paño suave y seco; evita el agua estancada y el sol fuerte. Si algo no está como \
debería, dínoslo en la página de tu pedido {order}: lo arreglamos.
""",
    ),
    pl=(
        "Jak dbać o {product}",
        """
Dzień dobry,

mamy nadzieję, że to, co dla Ciebie zbudowaliśmy, znalazło swoje miejsce.

Wycieraj miękką, suchą ściereczką; chroń przed stojącą wodą i mocnym słońcem. Jeśli coś jest nie \
tak, napisz na stronie zamówienia {order}: naprawimy to.
""",
    ),
)

BIRTHDAY_TEXT = _texts(
    en=(
        "All the best on your birthday",
        """
Hello,

all of us wish you a wonderful birthday.

If there is something you have always wanted built just for you, here is {worth}:
{code}
""",
    ),
    es=(
        "¡Feliz cumpleaños!",
        """
Hola:

Todo el equipo te desea un cumpleaños estupendo.

Si siempre has querido algo hecho solo para ti, aquí tienes {worth}:
{code}
""",
    ),
    pl=(
        "Wszystkiego najlepszego w dniu urodzin",
        """
Dzień dobry,

cały zespół życzy Ci wspaniałych urodzin.

Jeśli od dawna marzysz o czymś zbudowanym tylko dla Ciebie, oto {worth}:
{code}
""",
    ),
)

SOONER = _texts(
    en=(
        "Your {product} could be ready sooner",
        """
Hello,

there is room in our workshop: ordered now, your design would be ready on {ready}. In days that \
is so much sooner than before: {days}.

It costs {price}, as it is.
""",
    ),
    es=(
        "Tu {product} podría estar listo antes",
        """
Hola:

Hay sitio en nuestro taller: si lo pides ahora, tu diseño estaría listo el {ready}. Días que \
ganas: {days}.

Cuesta {price}, tal como está.
""",
    ),
    pl=(
        "{product}: może być gotowy wcześniej",
        """
Dzień dobry,

w naszym warsztacie jest miejsce: zamówiony teraz, Twój projekt będzie gotowy: {ready}. Tyle dni \
wcześniej niż dotąd: {days}.

Kosztuje {price}, tak jak jest.
""",
    ),
)

CHANGED = _texts(
    en=(
        "The price of your {product} has changed",
        """
Hello,

the design that you keep cost {before}. Today it costs {price}.

Ordered today, it would be ready on {ready}.
""",
    ),
    es=(
        "El precio de tu {product} ha cambiado",
        """
Hola:

El diseño que guardas costaba {before}. Hoy cuesta {price}.

Si lo pides hoy, estará listo el {ready}.
""",
    ),
    pl=(
        "Zmieniła się cena: {product}",
        """
Dzień dobry,

projekt, który u nas trzymasz, kosztował {before}. Dziś kosztuje {price}.

Zamówiony dziś, będzie gotowy: {ready}.
""",
    ),
)
