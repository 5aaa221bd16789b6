"""A colleague with a password and codes, and a list that the leader uploads: made by staged.py, used by the walk."""

COLLEAGUE = "kveldsvakt"
PASSWORD = "et passord bare i prøvene 42"
LISTED = "DUF-nummer;Fornavn;Etternavn;Født;Rom\n;Prøve;Listesen;12.03.2010;9\n{duf};{given};{family};{born};17\n"
