"""The register's tables, one module per thing in the field."""

from savnet.register.models.centre import Centre
from savnet.register.models.places import County, Municipality, MunicipalityPoliceDistrict, PoliceDistrict

__all__ = [
    "Centre",
    "County",
    "Municipality",
    "MunicipalityPoliceDistrict",
    "PoliceDistrict",
]
