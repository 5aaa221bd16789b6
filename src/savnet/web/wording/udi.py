"""What UDI owes in a case, told in few words: the centre sees it, and does none of it."""

from django.utils.translation import gettext_lazy as _

from savnet.web.wording.duty import Duty

UDI: dict[str, Duty] = {
    "3-2": Duty(_("Registrere kopien av savnetmeldingen i DUF"), "", _("Merkes «melding om forsvinning»."), ""),
    "3-3": Duty(_("Registrere kopien av bekymringsmeldingen i DUF"), "", _("Merkes «bekymring»."), ""),
    "3-4": Duty(_("Gi vedtaksenheten beskjed"), "", _("Etatsintern melding om at opplysningene finnes."), ""),
    "3-5": Duty(
        _("Føre nye opplysninger inn som mottaksmerknad i DUF"), "", _("Nye opplysninger etter forsvinningen."), ""
    ),
    "3-6": Duty(
        _("Melde opplysningene til {mottaker}"), "", _("Nye opplysninger som har betydning for asylsaken."), ""
    ),
    "3-7": Duty(_("Melde barnet inn igjen i DUF med ny adresse"), "", _("Når adressen er kjent."), ""),
    "3-8": Duty(_("Sende bekymringsmelding til barnevernet der barnet er"), "", _("Når adressen er kjent."), ""),
    "3-10": Duty(
        _("Sette barnevernstjenesten som adresse i DUF"), "", _("Barnet bor på institusjon eller i fosterhjem."), ""
    ),
    "3-11": Duty(_("Gi vedtaksenheten beskjed om barnevernet"), "", _("Barnevernet har overtatt omsorgen."), ""),
    "3-12": Duty(_("Sette fengselet som adresse i DUF"), "", _("Barnet sitter i fengsel."), ""),
    "3-13": Duty(_("Gi vedtaksenheten beskjed om fengslingen"), "", _("Barnet sitter i fengsel."), ""),
    "3-14": Duty(
        _("Endre adressen og gi {mottaker} beskjed"), "", _("Barnevernstiltaket eller fengslingen er slutt."), ""
    ),
    "4-0": Duty(_("Egne regler for plassering"), "", _("Barnet er omfattet av utlendingsforskriften § 8-8 a."), ""),
    "4-1": Duty(_("Avklare hvor barnet skal bo"), "", _("Barnet er kommet til rette."), ""),
    "4-2": Duty(_("Registrere barnet og ny adresse i Sesam"), "", _("Hvis ikke politiet alt har endret i DUF."), ""),
    "4-3": Duty(_("Ta kontakt med Asylavdelingen"), "", _("Om asylsaken trenger flere opplysninger."), ""),
    "4-5": Duty(_("Vurdere om barnet skal innom politiet eller UDI først"), "", _("Før transporten tilbake."), ""),
    "4-6": Duty(_("Be politiet hente inn flere opplysninger"), "", _("Når asylsaken trenger det."), ""),
    "4-7": Duty(_("Refundere reiseutgiftene"), "", _("For barnet og eventuelt følge."), ""),
    "4-8": Duty(
        _("Vurdere om barnet trenger følge"), "", _("Sammen med politiet eller barnevernet der barnet ble funnet."), ""
    ),
    "4-9": Duty(
        _("Plassere i mottak for voksne"), "", _("Undersøkelsen tilsier over 18 år. Barnet er fortsatt mindreårig."), ""
    ),
    "4-20": Duty(_("Sende opplysningene videre til Asylavdelingen"), "", _("Når mottaket har sendt dem."), ""),
}
