"""How people prove who they are, how long that holds, and how guessing is slowed. Its screens: web.accounts."""
