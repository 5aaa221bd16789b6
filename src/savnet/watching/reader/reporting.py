"""The reader's word to the house that it is there: the one thing it may write, by a function that writes an instant."""

import psycopg

from savnet.watching.reader.setup import Setup

WAIT = 10


def report(setup: Setup) -> bool:
    """Say that all was read and told. Returns whether the house could take it in: the reader goes on in any case."""
    try:
        with psycopg.connect(setup.database, connect_timeout=WAIT) as connection:
            connection.execute("SET TRANSACTION READ WRITE")  # the role reads only, where it does not ask for more
            connection.execute("SET LOCAL statement_timeout = '10s'")
            connection.execute("SELECT savnet_reader_reported()")
    except psycopg.Error:
        return False
    return True
