"""The screens for signing in and for one's own account, one module each."""
