"""The official schemas of what an integrasjonspunkt is handed, where their folder lies beside the project."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from lxml import etree

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas"
HEADER = SCHEMAS / "eformidling" / "sbdh.schema.json"
ARCHIVE = SCHEMAS / "arkivmelding" / "arkivmelding.xsd"
needed = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the official schemas do not lie beside the project")


@cache
def _header() -> Draft7Validator:
    schema = json.loads(HEADER.read_text(encoding="utf-8"))
    # The file only defines the parts; which of them a document is made of is ours to say.
    whole = {**schema, "$id": "urn:header", "$ref": "#/definitions/standardBusinessDocumentHeader"}
    for part in whole["definitions"].values():
        part.pop("$id", None)
    return Draft7Validator(whole, format_checker=Draft7Validator.FORMAT_CHECKER)


@cache
def _archive() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ARCHIVE))


def header_mistakes(header: Any) -> list[str]:
    """What is wrong with a document's header; nothing where the schema is not at hand."""
    if not HEADER.is_file():
        return []
    return [f"{error.json_path}: {error.message}" for error in _header().iter_errors(header)]


def archive_mistakes(content: bytes) -> list[str]:
    """What is wrong with an arkivmelding.xml; nothing where the schema is not at hand."""
    if not ARCHIVE.is_file():
        return []
    schema, tree = _archive(), etree.fromstring(content)
    return [] if schema.validate(tree) else [str(error) for error in schema.error_log]
