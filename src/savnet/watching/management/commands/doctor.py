"""`doctor`: one page that says what is wrong and what to do about it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from savnet.watching.doctor import examine
from savnet.watching.findings import Finding, Level

MARKS = {
    Level.WELL: "[green]well[/]",
    Level.WARNING: "[yellow]warning[/]",
    Level.WRONG: "[bold red]WRONG[/]",
    Level.NOT_SET_UP: "[dim]not set up[/]",
}


ORDER = (Level.WRONG, Level.WARNING, Level.WELL, Level.NOT_SET_UP)


class Command(BaseCommand):
    help = "Looks at every part of the house. Says what is wrong and what to do; exit code 1 if anything is."
    # A house in disorder is just where the doctor is needed: nothing is demanded before it begins.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines: a list of findings")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine(timezone.now()))
        if options["json"]:
            self.stdout.write(json.dumps([one.as_dict() for one in findings], ensure_ascii=False, indent=1))
        else:
            self._page(findings)
        if any(one.level is Level.WRONG for one in findings):
            sys.exit(1)

    def _page(self, findings: list[Finding]) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # it writes, and that is all
        table = Table(box=None, pad_edge=False, show_header=False)
        for column in ("what", "level"):
            table.add_column(column, no_wrap=True)
        table.add_column("says", overflow="fold")
        # What is wrong stands first; among its like, in the order in which one would look.
        for one in sorted(findings, key=lambda finding: ORDER.index(finding.level)):
            says = f"{one.says}\n→ {one.do}" if one.do else one.says
            table.add_row(one.what, MARKS[one.level], escape(says))
        console.print(table)
        wrong = sum(one.level is Level.WRONG for one in findings)
        console.print(f"\n{wrong} wrong." if wrong else "\nNothing is wrong.")
