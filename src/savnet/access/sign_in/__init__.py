"""How people prove who they are, how long that holds, and how guessing is slowed. Screens for it are in `web.accounts`."""
