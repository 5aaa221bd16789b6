"""Addresses of those who oversee: the country in numbers, an inspector's mandates, and who gives them."""

from django.urls import path

from savnet.web.inspecting import inspecting, inspection, inspection_case, inspection_file
from savnet.web.mandates import mandate_end, mandate_new, mandates
from savnet.web.operations import operations
from savnet.web.overseeing import overseeing, overseen_child
from savnet.web.register_changes import register_changes
from savnet.web.statistics import statistics, statistics_file

urlpatterns = [
    path("landet/", overseeing, name="overseeing"),
    path("landet/<uuid:case_id>/", overseen_child, name="overseen-child"),
    path("tilsyn/", inspecting, name="inspecting"),
    path("tilsyn/<uuid:mandate_id>/<uuid:centre_id>/", inspection, name="inspection"),
    path("tilsyn/<uuid:mandate_id>/<uuid:centre_id>/fil/", inspection_file, name="inspection-file"),
    path("tilsyn/<uuid:mandate_id>/<uuid:centre_id>/<uuid:case_id>/", inspection_case, name="inspection-case"),
    path("statistikk/", statistics, name="statistics"),
    path("statistikk/<slug:quarter>/fil/", statistics_file, name="statistics-file"),
    path("registerendringer/", register_changes, name="register-changes"),
    path("drift/", operations, name="operations"),
    path("mandater/", mandates, name="mandates"),
    path("mandater/nytt/", mandate_new, name="mandate-new"),
    path("mandater/<uuid:mandate_id>/avslutt/", mandate_end, name="mandate-end"),
]
