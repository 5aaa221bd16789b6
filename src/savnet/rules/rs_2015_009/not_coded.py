"""The provisions that no function carries out, each with the reason."""

NOT_CODED: dict[str, str] = {
    "1-1": "Definition: the four kinds of event are event types (disappearance_believed, returned and its three ways).",
    "1-2": "Reference: says what the circular holds.",
    "1-7": "Inclusion: no rule looks at the permit, so a permit holder stays covered. A scenario shows it.",
    "2.1-1": "Purpose: UDI's overall responsibility, no duty of its own.",
    "2.1-2": "The general duty behind 2.3, carried out by each of its parts.",
    "2.1-3": "Purpose: why the police are told; limits what the police report holds.",
    "2.1-4": "Purpose: why child welfare is told; limits what the concern report holds.",
    "2.1-5": "Purpose: why UDI is told.",
    "2.2-5": "Reference to 2.3.",
    "b-6": "Another's decision: child welfare weighs whether to tell other duty services.",
    "b-7": "Reference to RS 2014-015.",
    "3-9": "Another's decision: child welfare assesses the care.",
    "4-11": "May, not must: ASA's own choice to contact the region.",
}
