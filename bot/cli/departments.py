"""``giftbot departments`` and ``giftbot governance``: tokens for other departments, and a check of the rules."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from bot.errors import GiftbotError


@click.group()
def departments() -> None:
    """Let other departments send by giftbot's rules (docs/departments.md)."""


@departments.command()
@click.argument("name")
@click.option("--department", required=True, help="Whose messages they are: care, press, marketing …")
@click.option("--role", required=True, type=click.Choice(["reader", "sender", "approver", "admin"]))
def token(name: str, department: str, role: str) -> None:
    """Make a token for NAME and print it once, with the line for the file of tokens."""
    from bot.departments.tokens import file_line, new_token, read_tokens

    made = new_token(secrets.token_urlsafe)
    line = file_line(name, department, role, made)
    try:
        read_tokens(line)
    except GiftbotError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made}\n\nIt is shown only now. Give it to {name}, and add to GIFTBOT_DEPARTMENTS_TOKENS:\n")
    click.echo(line)


@departments.command(name="check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), envvar="GIFTBOT_DEPARTMENTS_TOKENS")
def check_tokens(file: Path) -> None:
    """Read the FILE of tokens as the role would (default: GIFTBOT_DEPARTMENTS_TOKENS), and tell every fault."""
    from bot.departments.tokens import read_tokens

    try:
        tokens = read_tokens(file.read_text("utf-8"))
    except (GiftbotError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    for one in tokens:
        click.echo(f"✔ {one.name}: {one.role.value} of {one.department}")


@click.group()
def governance() -> None:
    """The rules every outgoing message is judged by (docs/governance.md)."""


@governance.command()
@click.argument(
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="GIFTBOT_SENDING_RULES",
    default=Path("data/governance.yml"),
)
def check(file: Path) -> None:
    """Read FILE as the sender would, and tell every fault with its line (default: GIFTBOT_SENDING_RULES)."""
    from bot.governance.rule_file import read_rules

    try:
        rules = read_rules(file.read_text("utf-8"))
    except (GiftbotError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    for rule in rules.entries:
        click.echo(f"✔ {rule.id}: {rule.author}, {rule.since}: {rule.why}")
