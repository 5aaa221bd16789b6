"""The official schema of the concern message, where the folder with official schemas lies beside the project."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "bekymringsmelding"
needed = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the official schemas do not lie beside the project")


@cache
def _validator() -> Draft201909Validator:
    address, message = (_read(name) for name in ("adresse.json", "offentlig.bekymringsmelding.v2.json"))
    # The message points to ../adresse.json, while the address calls itself something else.
    known = Registry().with_resource("https://fiks.ks.no/adresse.json", Resource.from_contents(address))
    return Draft201909Validator(message, registry=known)


def _read(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def mistakes(form: Any) -> list[str]:
    """What is wrong with a form by the official schema; nothing where the schema is not at hand."""
    if not SCHEMAS.is_dir():
        return []
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(form)]
