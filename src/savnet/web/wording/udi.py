"""What UDI owes in a case: what it is called, what the circular asks for in a sentence, and what it is when done.

The offices see it on their own screens; the centre sees it, and does none of it.
"""

from django.utils.translation import gettext_lazy as _

from savnet.web.wording.duty import Duty

UDI: dict[str, Duty] = {
    "3-2": Duty(
        _("Registrere kopien av savnetmeldingen i DUF"),
        "",
        _("Kopien registreres som korrespondanse i asylsaken, sensitivt, med merknaden «melding om forsvinning»."),
        _("Kopien av savnetmeldingen er registrert i DUF"),
    ),
    "3-3": Duty(
        _("Registrere kopien av bekymringsmeldingen i DUF"),
        "",
        _("Kopien registreres som korrespondanse i asylsaken, sensitivt, med merknaden «bekymring»."),
        _("Kopien av bekymringsmeldingen er registrert i DUF"),
    ),
    "3-4": Duty(
        _("Gi vedtaksenheten beskjed"),
        "",
        _("Vedtaksenheten skal ha en etatsintern melding om at det foreligger informasjon i saken."),
        _("Melding til vedtaksenheten om at det foreligger informasjon"),
    ),
    "3-5": Duty(
        _("Føre nye opplysninger inn som mottaksmerknad i DUF"),
        "",
        _("Det som kommer fram etter forsvinningen, skal stå i mottaksmerknaden under integreringsfanen."),
        _("Nye opplysninger er ført inn som mottaksmerknad i DUF"),
    ),
    "3-6": Duty(
        _("Melde opplysningene til {mottaker}"),
        "",
        _("Opplysninger som betyr noe for asylsaken, skal dit saken ligger. Et notat i DUF er også nok."),
        _("Melding om nye opplysninger til {mottaker}"),
    ),
    "3-7": Duty(
        _("Melde barnet inn igjen i DUF med ny adresse"),
        "",
        _("Når regionkontoret får vite at barnet bor på en kjent adresse, skal barnet meldes inn igjen med den."),
        _("Barnet er meldt inn igjen i DUF med ny adresse"),
    ),
    "3-8": Duty(
        _("Sende bekymringsmelding til barnevernet der barnet er"),
        "",
        _("Regionkontoret skal selv melde fra til barnevernstjenesten i kommunen der adressen er."),
        _("Regionkontorets bekymringsmelding til barnevernstjenesten der barnet er"),
    ),
    "3-10": Duty(
        _("Sette barnevernstjenesten som adresse i DUF"),
        "",
        _(
            "Bor barnet på institusjon eller i fosterhjem, er det den ansvarlige barnevernstjenesten som skal stå som "
            "adresse, ikke stedet der barnet bor."
        ),
        _("Barnevernstjenesten er satt som adresse i DUF"),
    ),
    "3-11": Duty(
        _("Gi vedtaksenheten beskjed om barnevernet"),
        "",
        _("Vedtaksenheten skal vite at barnevernstjenesten har overtatt omsorgsansvaret."),
        _("Melding til vedtaksenheten om at barnevernet har omsorgen"),
    ),
    "3-12": Duty(
        _("Sette fengselet som adresse i DUF"),
        "",
        _("Er barnet fengslet, skal fengselet stå som adresse."),
        _("Fengselet er satt som adresse i DUF"),
    ),
    "3-13": Duty(
        _("Gi vedtaksenheten beskjed om fengslingen"),
        "",
        _("Vedtaksenheten skal vite at barnet er fengslet."),
        _("Melding til vedtaksenheten om fengslingen"),
    ),
    "3-14/duf": Duty(
        _("Endre adressen i DUF"),
        "",
        _("Når barnevernstiltaket eller fengslingen er slutt, skal adressen endres."),
        _("Adressen i DUF er endret"),
    ),
    "3-14": Duty(
        _("Gi {mottaker} beskjed om at tiltaket er slutt"),
        "",
        _("Når barnevernstiltaket eller fengslingen er slutt, skal vedtaksenheten ha beskjed."),
        _("Melding til {mottaker} om at tiltaket er slutt"),
    ),
    "4-0": Duty(
        _("Egne regler for plassering"),
        "",
        _("Barnet er omfattet av utlendingsforskriften § 8-8 a. Da gjelder RS 2018-001 om plasseringen."),
        _("Egne regler for plassering"),
    ),
    "4-1": Duty(
        _("Avklare hvor barnet skal bo"),
        "",
        _("Når barnet melder seg på nytt eller blir funnet, skal regionkontoret avklare hvor det kan bo."),
        _("Avklart hvor barnet skal bo"),
    ),
    "4-2": Duty(
        _("Registrere barnet og ny adresse i Sesam"),
        "",
        _("Barnet skal inn i Sesam igjen med ny adresse, om ikke politiet alt har gjort endringene i DUF."),
        _("Barnet er registrert i Sesam igjen"),
    ),
    "4-3": Duty(
        _("Ta kontakt med Asylavdelingen"),
        "",
        _("Regionkontoret skal avklare med Asylavdelingen om asylsaken må opplyses bedre før barnet reiser tilbake."),
        _("Asylavdelingen er spurt om asylsaken må opplyses bedre"),
    ),
    "4-5": Duty(
        _("Vurdere om barnet skal innom politiet eller UDI først"),
        "",
        _("Asylavdelingen vurderer om barnet skal til PU, det lokale politiet eller UDI før det reiser til mottaket."),
        _("Vurdert om barnet skal innom politiet eller UDI først"),
    ),
    "4-6": Duty(
        _("Be politiet hente inn flere opplysninger"),
        "",
        _("Trengs det mer, er det Asylavdelingens ansvar å be det lokale politiet om å hente det inn."),
        _("Anmodning til politiet om å hente inn flere opplysninger"),
    ),
    "4-7": Duty(
        _("Refundere reiseutgiftene"),
        "",
        _("Regionkontoret skal refundere reisen fram til mottaket, PU eller UDI, for barnet og den som fulgte det."),
        _("Reiseutgiftene er refundert"),
    ),
    "4-8": Duty(
        _("Vurdere om barnet trenger følge"),
        "",
        _("Det vurderes sammen med politiet eller barnevernstjenesten i kommunen der barnet ble funnet."),
        _("Vurdert om barnet trenger følge"),
    ),
    "4-9": Duty(
        _("Plassere i mottak for voksne"),
        "",
        _(
            "Aldersundersøkelsen sier mest sannsynlig over 18 år, og da skal barnet bo i mottak for voksne. Barnet "
            "regnes fortsatt som mindreårig."
        ),
        _("Plassert i mottak for voksne"),
    ),
    "4-20": Duty(
        _("Sende opplysningene videre til Asylavdelingen"),
        "",
        _("Det mottaket har sendt etter samtykke, skal regionkontoret sende videre."),
        _("Opplysninger av betydning for asylsaken til Asylavdelingen"),
    ),
}
