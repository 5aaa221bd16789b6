"""What UDI owes in a case, told in few words: the centre sees it, and does none of it."""

from savnet.web.wording.duty import Duty

UDI: dict[str, Duty] = {
    "3-2": Duty("Registrere kopien av savnetmeldingen i DUF", "", "Merkes «melding om forsvinning».", ""),
    "3-3": Duty("Registrere kopien av bekymringsmeldingen i DUF", "", "Merkes «bekymring».", ""),
    "3-4": Duty("Gi vedtaksenheten beskjed", "", "Etatsintern melding om at opplysningene finnes.", ""),
    "3-5": Duty("Føre nye opplysninger inn som mottaksmerknad i DUF", "", "Nye opplysninger etter forsvinningen.", ""),
    "3-6": Duty("Melde opplysningene til {mottaker}", "", "Nye opplysninger som har betydning for asylsaken.", ""),
    "3-7": Duty("Melde barnet inn igjen i DUF med ny adresse", "", "Når adressen er kjent.", ""),
    "3-8": Duty("Sende bekymringsmelding til barnevernet der barnet er", "", "Når adressen er kjent.", ""),
    "3-10": Duty(
        "Sette barnevernstjenesten som adresse i DUF", "", "Barnet bor på institusjon eller i fosterhjem.", ""
    ),
    "3-11": Duty("Gi vedtaksenheten beskjed om barnevernet", "", "Barnevernet har overtatt omsorgen.", ""),
    "3-12": Duty("Sette fengselet som adresse i DUF", "", "Barnet sitter i fengsel.", ""),
    "3-13": Duty("Gi vedtaksenheten beskjed om fengslingen", "", "Barnet sitter i fengsel.", ""),
    "3-14": Duty("Endre adressen og gi {mottaker} beskjed", "", "Barnevernstiltaket eller fengslingen er slutt.", ""),
    "4-0": Duty("Egne regler for plassering", "", "Barnet er omfattet av utlendingsforskriften § 8-8 a.", ""),
    "4-1": Duty("Avklare hvor barnet skal bo", "", "Barnet er kommet til rette.", ""),
    "4-2": Duty("Registrere barnet og ny adresse i Sesam", "", "Hvis ikke politiet alt har endret i DUF.", ""),
    "4-3": Duty("Ta kontakt med Asylavdelingen", "", "Om asylsaken trenger flere opplysninger.", ""),
    "4-5": Duty("Vurdere om barnet skal innom politiet eller UDI først", "", "Før transporten tilbake.", ""),
    "4-6": Duty("Be politiet hente inn flere opplysninger", "", "Når asylsaken trenger det.", ""),
    "4-7": Duty("Refundere reiseutgiftene", "", "For barnet og eventuelt følge.", ""),
    "4-8": Duty(
        "Vurdere om barnet trenger følge", "", "Sammen med politiet eller barnevernet der barnet ble funnet.", ""
    ),
    "4-9": Duty(
        "Plassere i mottak for voksne", "", "Undersøkelsen tilsier over 18 år. Barnet er fortsatt mindreårig.", ""
    ),
    "4-20": Duty("Sende opplysningene videre til Asylavdelingen", "", "Når mottaket har sendt dem.", ""),
}
