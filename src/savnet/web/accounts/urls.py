"""The addresses of signing in and of one's own account."""

from django.urls import path

from savnet.web.accounts.account import account, factor_remove, reserve_codes, sign_out_everywhere
from savnet.web.accounts.account_factors import ask_new_passkey, codes_new, codes_picture, passkey_new
from savnet.web.accounts.enrol import enrol, picture
from savnet.web.accounts.entry_code import entry_code
from savnet.web.accounts.help_back_in import help_answer, help_back_in, helpers
from savnet.web.accounts.kept_form import kept_form
from savnet.web.accounts.passkeys import ask_first_passkey, ask_passkey, enrol_by_passkey, sign_in_by_passkey
from savnet.web.accounts.password_change import password_new
from savnet.web.accounts.second import second_step
from savnet.web.accounts.still_here import still_here
from savnet.web.outside import outside, outside_back

urlpatterns = [
    path("logg-inn/bekreft/", second_step, name="sign-in-second"),
    path("logg-inn/sikre/", enrol, name="sign-in-enrol"),
    path("logg-inn/sikre/bilde/", picture, name="enrol-picture"),
    path("logg-inn/sikre/nokkel/", enrol_by_passkey, name="enrol-passkey"),
    path("logg-inn/sikre/nokkel/valg/", ask_first_passkey, name="ask-first-passkey"),
    path("logg-inn/nokkel/", sign_in_by_passkey, name="sign-in-passkey"),
    path("logg-inn/nokkel/valg/", ask_passkey, name="ask-passkey"),
    path("logg-inn/kode/", entry_code, name="entry-code"),
    path("logg-inn/hos/<slug:issuer>/", outside, name="outside"),
    path("logg-inn/hos/<slug:issuer>/tilbake/", outside_back, name="outside-back"),
    path("konto/", account, name="account"),
    path("konto/logg-ut-andre/", sign_out_everywhere, name="sign-out-everywhere"),
    path("konto/reservekoder/", reserve_codes, name="reserve-codes"),
    path("konto/fjern/<int:factor_id>/", factor_remove, name="factor-remove"),
    path("konto/nokkel/", passkey_new, name="passkey-new"),
    path("konto/nokkel/valg/", ask_new_passkey, name="ask-new-passkey"),
    path("konto/app/", codes_new, name="codes-new"),
    path("konto/app/bilde/", codes_picture, name="codes-picture"),
    path("konto/passord/", password_new, name="password-new"),
    path("kolleger/", help_back_in, name="help-back-in"),
    path("kolleger/hjelpere/", helpers, name="helpers"),
    path("kolleger/<uuid:asked_id>/", help_answer, name="help-answer"),
    path("okt/", still_here, name="still-here"),
    path("okt/skjema/<uuid:form_id>/", kept_form, name="kept-form"),
]
