"""Sealing with AES-256-GCM, and the keys that seal: knows neither Django nor what is sealed."""

from savnet.sealing.binding import Bindable, binding
from savnet.sealing.envelope import Tampered, new_key, open_sealed, seal
from savnet.sealing.key_file import DamagedKeyFile, FileKeys, KeyInUse, LooseRights, NoKeyFile
from savnet.sealing.service import KeyService, UnknownKey, Wrapped
from savnet.sealing.signing import Signer

__all__ = [
    "Bindable",
    "DamagedKeyFile",
    "FileKeys",
    "KeyInUse",
    "KeyService",
    "LooseRights",
    "NoKeyFile",
    "Signer",
    "Tampered",
    "UnknownKey",
    "Wrapped",
    "binding",
    "new_key",
    "open_sealed",
    "seal",
]
