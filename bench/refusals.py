"""What a stranger can tell of a link to a receipt by how long the page takes to refuse her.

No such link, the wrong code, and the right code of a link that ran out, is void, or rests after too many wrong ones:
asked by turns, in random order within each round. All are answered alike, byte by byte; how long each kind took is held
against no such link. Wrong tries are forgotten after each round, so that none comes to rest meanwhile.
Run: python -m bench.refusals [how many rounds]
"""

import soak.ground  # noqa: F401 - Django has to be set up before what follows can be read

# isort: split

import logging
import random
import sys
from secrets import SystemRandom
from time import perf_counter

from django.test import Client
from django.test.utils import override_settings
from soak.house import house
from soak.receipts import answering
from soak.receiving.letters import Sent, sent
from soak.receiving.machines import place
from soak.saying import say

from bench.telling_apart import told_of_time
from savnet.casework.receipt_links import Secret, new_secret
from savnet.followup.models import ReceiptLink, WrongTry
from savnet.policy.receipts import WRONG_PER_LINK

NONE = "no such link"


def kinds(open_: Sent, resting: Sent) -> dict[str, Secret]:
    """What is tried in one round, by what is the matter with it."""
    token, right = open_.secret.token, open_.secret.code
    wrong = next(one for one in iter(lambda: new_secret().code, None) if one != right)
    return {
        NONE: new_secret(),
        "the wrong code": Secret(token, wrong),
        "ran out": open_.dead["expired"],
        "void": open_.dead["void"],
        "rests": resting.secret,
    }


def refused(client: Client, secret: Secret) -> tuple[float, tuple[int, bytes]]:
    """How long it took, and all that was said."""
    given = {"code": secret.code, "by_name": "Vera Vakt", "reference": "BV-77", "whose": "ours"}
    source = place(SystemRandom())
    begun = perf_counter()
    answer = client.post(f"/k/{secret.token}/", given, REMOTE_ADDR=source)
    return perf_counter() - begun, (answer.status_code, answer.content)


def let_rest(one: Sent) -> None:
    """Guess at it until nobody is let in, and forget whatever else was tried."""
    WrongTry.objects.all().delete()
    link = ReceiptLink.objects.filter(message_id=one.id).latest("made_at")
    WrongTry.objects.bulk_create(WrongTry(link=link, source="", at=one.made_at) for _ in range(WRONG_PER_LINK))


def main(rounds: int = 2_000) -> int:
    """Ask by turns. 1 where any two answers differed."""
    took: dict[str, list[float]] = {}
    said: dict[str, set[tuple[int, bytes]]] = {}
    with house() as home, override_settings(**answering(home.folder)):
        logging.disable(logging.CRITICAL)
        (open_,), (resting,), client = sent(home, 1, police=False), sent(home, 2, police=False), Client()
        for _ in range(rounds):
            let_rest(resting)
            tried = kinds(open_, resting)
            for name in random.sample(list(tried), len(tried)):
                time, heard = refused(client, tried[name])
                took.setdefault(name, []).append(time)
                said.setdefault(name, set()).add(heard)
    differ = len(set.union(*said.values())) > 1
    say(f"refusals: {rounds} rounds of {len(took)}; the answers {'DIFFER' if differ else 'are the same, byte by byte'}")
    for name in took.keys() - {NONE}:
        say(f"  {name}: {told_of_time(took[name], took[NONE], 'it')}")
    return int(differ)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
