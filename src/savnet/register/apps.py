"""The Django application `register`: centres, residents, municipalities and recipients."""

from django.apps import AppConfig


class Register(AppConfig):
    name = "savnet.register"
    verbose_name = "Register"
