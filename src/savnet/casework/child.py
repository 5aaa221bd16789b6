"""The child of the register, as the letters tell of her: identity, traces to search by, and who acts for her."""

from savnet.letters import Child, Contact, Identity, Photo, Reply, Sex, Traces
from savnet.register.circumstances import current_contact
from savnet.register.models import ContactKind, InterpreterNeed, Resident
from savnet.rules.words import Answer

INTERPRETER = {
    InterpreterNeed.YES: Answer.YES,
    InterpreterNeed.NO: Answer.NO,
    InterpreterNeed.UNKNOWN: Answer.UNKNOWN,
}


def identity(resident: Resident) -> Identity:
    """Enough to know which child is meant, and no more."""
    return Identity(
        name=resident.name,
        duf_number=resident.duf_number or None,
        born=resident.born,
        born_uncertain=resident.born_uncertain,
    )


def child(resident: Resident) -> Child:
    """The child as those must know who look for her, or who are to help."""
    return Child(
        name=resident.name,
        duf_number=resident.duf_number or None,
        born=resident.born,
        born_uncertain=resident.born_uncertain,
        name_in_original_script=resident.original_name if resident.original_name != resident.name else "",
        aliases=tuple(alias.name for alias in resident.aliases.all()),
        identity_uncertain=resident.identity_uncertain,
        sex=Sex(resident.sex),
        citizenship=resident.citizenship,
        languages=tuple(one.strip() for one in resident.languages.split(",") if one.strip()),
        interpreter=Reply(INTERPRETER[InterpreterNeed(resident.interpreter)]),
    )


def traces(resident: Resident, *, clothing: str, earlier: int) -> Traces:
    """What a search can follow. What is not registered is not asked, and the report says so."""
    phones = [one.number for one in resident.telephones.all() if one.number]
    imeis = [one.imei for one in resident.telephones.all() if one.imei]
    return Traces(
        description=known(resident.description),
        clothing=known(clothing or resident.clothing),
        phones=known(", ".join(phones)),
        imei=known(", ".join(imeis)),
        social_media=known(", ".join(str(one) for one in resident.social_accounts.all())),
        bank_card=known(resident.bank_card),
        travel_documents=known(resident.travel_documents),
        earlier_disappearances=Reply.yes(f"{earlier}") if earlier else Reply(Answer.NO),
    )


def known(text: str) -> Reply:
    """Yes with its words, or not asked."""
    return Reply.yes(text) if text.strip() else Reply()


def photo(resident: Resident) -> Photo | None:
    """The picture, where there is one with consent."""
    kept = getattr(resident, "photo", None)
    return Photo(data=bytes(kept.image), taken=kept.taken) if kept else None


def representative(resident: Resident) -> Contact | None:
    """Who acts for the child: the guardian where there is one, else the representative."""
    for kind in (ContactKind.GUARDIAN, ContactKind.REPRESENTATIVE):
        if contact := current_contact(resident, kind):
            return Contact(name=contact.name, phone=contact.phone, office=contact.firm)
    return None
