"""The account's user token, where giftbot refreshes it itself."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Any

from bot.clock import utc_now
from bot.settings import Settings
from bot.x.tokens import RefreshedTokens, UserTokens


def user_tokens(settings: Settings, store: Any) -> UserTokens | None:
    """Tokens that all processes of this store refresh in turn; None where the settings hold no refresh token."""
    x = settings.x
    if not (x.oauth2_refresh_token and x.oauth2_client_id):
        return None
    owner = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    return RefreshedTokens(x, store.tokens, utc_now, owner)
