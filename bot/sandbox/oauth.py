"""Whether a call to X is made by the brand's account: OAuth 1.0a signature, or an OAuth 2.0 user token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, unquote

from bot.sandbox.config import SandboxConfig

_PARAMETER = re.compile(r'([A-Za-z_]+)="([^"]*)"')
_HOSTS = ("https://api.twitter.com", "https://api.x.com")
_MAX_SKEW_S = 600


def is_brand(config: SandboxConfig, method: str, raw_path: str, query: str, header: str, now_s: float) -> bool:
    """Check the Authorization header of a call.

    tweepy signs the host it believes to call (api.twitter.com) and not the one it was redirected to, so
    X's own names are what a signature is checked against.
    """
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return bool(config.oauth2_token) and _same(rest.strip(), config.oauth2_token)
    if scheme.lower() != "oauth" or not config.access_token:
        return False
    oauth = {name: unquote(value) for name, value in _PARAMETER.findall(rest)}
    signature = oauth.pop("oauth_signature", "")
    oauth.pop("realm", None)
    stamp = oauth.get("oauth_timestamp", "")
    if not re.fullmatch(r"[0-9]{1,12}", stamp) or abs(int(stamp) - now_s) > _MAX_SKEW_S:
        return False
    if oauth.get("oauth_consumer_key") != config.consumer_key or oauth.get("oauth_token") != config.access_token:
        return False
    parameters = [*oauth.items(), *parse_qsl(query, keep_blank_values=True)]
    keys = (config.consumer_secret, config.access_token_secret)
    return any(_same(signature, _signature(method, host + raw_path, parameters, keys)) for host in _HOSTS)


def _signature(method: str, url: str, parameters: Sequence[tuple[str, str]], keys: tuple[str, str]) -> str:
    """HMAC-SHA1 over method, address and sorted parameters, as RFC 5849 section 3.4 builds them."""
    pairs = sorted((_escape(name), _escape(value)) for name, value in parameters)
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method.upper(), _escape(url), _escape(listed)))
    key = "&".join(_escape(part) for part in keys)
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _escape(text: str) -> str:
    return quote(text, safe="~", errors="surrogatepass")


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode())
