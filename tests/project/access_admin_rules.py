"""Who is answered at the admin's addresses, and at some of what came after them."""

from tests.project.access_roles import (
    ADMIN,
    ANY_METHOD,
    ANYBODY,
    CATALOG,
    CATALOG_ROWS,
    LEAD,
    MARKETER,
    OBJECT,
    READ,
    ROOT,
    SEND,
    SUPERUSER,
    Rule,
)

ADMIN_RULES = (
    # the admin
    Rule(r"admin/(login|logout)/", ANYBODY, ANY_METHOD),
    Rule(r"admin/(jsi18n/|password_change/(done/)?)?", ADMIN, ANY_METHOD),
    Rule(r"admin/(r/.*|\(\?P<url>.*)", ADMIN, ANY_METHOD),
    Rule(r"admin/\^\(\?P<app_label>.*", ADMIN, ANY_METHOD),
    Rule(r"admin/autocomplete/", frozenset({CATALOG, SUPERUSER}), READ),
    Rule(
        rf"admin/(account/emailaddress|mfa/authenticator)/(add/|{OBJECT}((history|delete|change)/)?)?",
        ROOT,
        ANY_METHOD,
    ),
    Rule(rf"admin/auth/(group|user)/(add/|.*{OBJECT}.*|<id>/password/)?", ROOT, ANY_METHOD),
    Rule(
        rf"admin/catalog/{CATALOG_ROWS}/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/choice/({OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/option/<int:option_id>/table/", frozenset({CATALOG, SUPERUSER}), ANY_METHOD
    ),
    Rule(
        r"admin/catalog/rule/values/<int:option_id>/",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/choice/add/", frozenset(), ANY_METHOD),
    Rule(
        r"admin/catalog/\w+/<int:row_id>/restore/<int:revision_id>/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/"
        r"(workspace/((options/<int:option_id>|lists/<slug:kind>)/)?|duplicate/|options/)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/rule/(<int:object_id>/)?try/", frozenset({CATALOG, SUPERUSER}), SEND),
    Rule(
        rf"admin/catalog/layerfile/({OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/product/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/product/(add/|{OBJECT}delete/|<int:product_id>/(publish|examine|doctor|export)/"
        rf"|<int:product_id>/texts/(import/(<uuid:key>/)?)?"
        rf"|import/(<uuid:key>/)?)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/recommending/",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/insight/(<slug:figure>\.csv)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        READ,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/(sheet/|guide/|pictures/(drawn\.webp|files/<str:sha>\.<str:suffix>)?)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/(sheet/open|pictures/(order|layer|files))/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/presence/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/publication/<uuid:publication_id>/decide/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        rf"admin/catalog/publication/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/release/<uuid:release_id>/revive/", frozenset({CATALOG, SUPERUSER}), SEND),
    Rule(
        rf"admin/catalog/release/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/(orders/(order|job|paper|specification)|factory/workorder)"
        rf"/({OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/erp/(apitoken|webhook)/(add/|{OBJECT}((history|change)/)?)?", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/webhook/{OBJECT}delete/", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/delivery/({OBJECT}((history|change)/)?)?", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/apitoken/{OBJECT}delete/", frozenset(), ANY_METHOD),
    Rule(rf"admin/erp/delivery/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(
        rf"admin/sharing/entry/({OBJECT}((history|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/sharing/entry/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    # capacity
    Rule(
        rf"admin/capacity/(workcenterhours|reservation|stockmove)/({OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/capacity/(closure|stockitem)/(add/|{OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/capacity/closure/{OBJECT}delete/", frozenset({LEAD, SUPERUSER}), ANY_METHOD),
    Rule(r"admin/capacity/stockitem/receive/", frozenset({LEAD, SUPERUSER}), ANY_METHOD),
    Rule(
        rf"admin/capacity/(workcenterhours|reservation|stockmove)/(add/|{OBJECT}delete/)",
        frozenset(),
        ANY_METHOD,
    ),
    Rule(rf"admin/capacity/stockitem/{OBJECT}delete/", frozenset(), ANY_METHOD),
    # shipping and taxes
    Rule(
        rf"admin/selling/(taxrate|shippingoption)/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    # quotes
    Rule(r"(d/<uuid:design_id>|cart)/quote/", ANYBODY, SEND),
    Rule(r"q/<str:token>/(quote\.pdf|picture/<int:n>\.jpg)?", ANYBODY, READ),
    Rule(r"q/<str:token>/(accept|decline|again)/", ANYBODY, SEND),
    Rule(
        rf"admin/quotes/quote/({OBJECT}((history|change)/)?)?", frozenset({SUPERUSER}), ANY_METHOD
    ),
    Rule(rf"admin/quotes/quote/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    # promo codes
    Rule(
        rf"admin/promo/(promotion|promocode|floor)/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/promo/redemption/({OBJECT}((history|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/promo/redemption/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(r"admin/orders/order/<uuid:order>/returned/", frozenset({LEAD, SUPERUSER}), READ | SEND),
    # records: nobody adds or deletes them, and files come with an import
    Rule(rf"admin/orders/\w+/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(rf"admin/factory/workorder/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(rf"admin/catalog/(release|publication)/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(r"admin/catalog/layerfile/add/", frozenset(), ANY_METHOD),
)
