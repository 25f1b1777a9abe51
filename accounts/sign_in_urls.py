"""Signing in: those of django-allauth's views that this shop has, by the names it knows them."""

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from accounts.views import security
from accounts.views.access import signed_in

urlpatterns: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("signup/passkey/", account.signup_by_passkey, name="account_signup_by_passkey"),
    path("signup/passkey/make/", passkeys.signup_webauthn, name="mfa_signup_webauthn"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("email/", signed_in(account.email), name="account_email"),
    path("email/confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("password/new/", signed_in(account.password_set), name="account_set_password"),
    path("confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path(
        "confirm/code/",
        signed_in(account.request_reauthentication_code),
        name="account_request_reauthentication_code",
    ),
    path(
        "confirm/code/enter/",
        signed_in(account.confirm_reauthentication_code),
        name="account_confirm_reauthentication_code",
    ),
    path(
        "confirm/passkey/",
        signed_in(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/", security.security, name="mfa_index"),
    path("passkeys/list/", security.security, name="mfa_list_webauthn"),
    path("passkeys/add/", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"
    ),
]
