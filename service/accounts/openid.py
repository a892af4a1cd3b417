"""Signing in with another provider: OpenID Connect, authorization code with PKCE, state and nonce."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.accounts.pending import Pending
from service.config import Settings
from service.errors import NotProven, ProviderAway
from service.network import is_loopback

_TIMEOUT_S = 10
_LEEWAY_S = 60  # that the clocks of two machines may differ
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")  # none that share a secret


def begin(settings: Settings, back: str, following: str, now: datetime) -> tuple[str, Pending]:
    """The address at the provider, and what the browser holds meanwhile; ``back`` is where it leads to.

    Raises ProviderAway.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    held = Pending(state, nonce, verifier, following, int(now.timestamp()))
    with _client(settings, back) as client:
        provider = _discover(client, settings)
        address, _state = client.create_authorization_url(
            _endpoint(provider, "authorization_endpoint"),
            state=held.state,
            code_verifier=held.verifier,
            nonce=held.nonce,
        )
    return str(address), held


def email_from(settings: Settings, back: str, held: Pending, given: Mapping[str, str], now: datetime) -> str:
    """The e-mail of whoever comes back, by what the provider signed and says that it verified.

    ``given`` are the parameters that came back. Raises NotProven and ProviderAway.
    """
    if given.get("iss", settings.openid_issuer) != settings.openid_issuer:  # RFC 9207
        raise NotProven("The answer is from another provider.")
    if "code" not in given:
        raise NotProven("The provider did not let them in.")
    try:
        with _client(settings, back) as client:
            provider = _discover(client, settings)
            token = client.fetch_token(
                _endpoint(provider, "token_endpoint"), code=given["code"], code_verifier=held.verifier,
                grant_type="authorization_code", redirect_uri=back,
            )  # fmt: skip
            claims = _claims(client, settings, provider, token, held, now)
            told = claims if "email" in claims else _userinfo(client, provider, claims)
    except (OAuthError, JoseError, ValueError) as error:
        raise NotProven(f"The token cannot be relied upon: {type(error).__name__}.") from None
    except requests.RequestException as error:
        raise ProviderAway(f"The provider does not answer: {type(error).__name__}.") from None
    return _verified(told)


def _claims(
    client: OAuth2Session,
    settings: Settings,
    provider: Mapping[str, Any],
    token: Mapping[str, Any],
    held: Pending,
    now: datetime,
) -> Mapping[str, Any]:
    told: Any = _get(client, _endpoint(provider, "jwks_uri"))
    keys = KeySet.import_key_set(told)
    read = jwt.decode(str(token.get("id_token", "")), keys, algorithms=_ALGORITHMS)
    wanted: dict[str, Any] = {
        "iss": {"essential": True, "value": settings.openid_issuer},
        "aud": {"essential": True, "value": settings.openid_client},
    }
    known = {
        "nonce": held.nonce,
        "client_id": settings.openid_client,
        "access_token": token.get("access_token"),
    }
    claims = CodeIDToken(read.claims, read.header, wanted, known)
    claims.validate(int(now.timestamp()), _LEEWAY_S)
    return dict(claims)


def _userinfo(
    client: OAuth2Session, provider: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    answer = client.get(_endpoint(provider, "userinfo_endpoint"), allow_redirects=False)
    told = _json(answer)
    if told.get("sub") != claims["sub"]:
        raise NotProven("The provider speaks of somebody else.")
    return told


def _verified(told: Mapping[str, Any]) -> str:
    email = told.get("email")
    if not isinstance(email, str) or told.get("email_verified") not in (True, "true"):
        raise NotProven("The provider does not say that it verified the e-mail.")
    return email


def _client(settings: Settings, back: str) -> OAuth2Session:
    return OAuth2Session(
        settings.openid_client,
        settings.openid_secret or None,
        scope="openid email",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=_TIMEOUT_S,
    )


def _discover(client: OAuth2Session, settings: Settings) -> Mapping[str, Any]:
    """What the provider tells about itself; it has to be the one that is meant."""
    try:
        told = _get(client, settings.openid_issuer.rstrip("/") + "/.well-known/openid-configuration")
    except requests.RequestException as error:
        raise ProviderAway(f"The provider does not answer: {type(error).__name__}.") from None
    if told.get("issuer") != settings.openid_issuer:
        raise ProviderAway("The provider gives itself another name than NABIJ_OPENID_ISSUER.")
    return told


def _get(client: OAuth2Session, address: str) -> dict[str, Any]:
    return _json(client.get(address, withhold_token=True, allow_redirects=False))


def _json(answer: requests.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise ProviderAway(f"The provider answers with {answer.status_code}.")
    try:
        told = answer.json()
    except requests.JSONDecodeError:
        raise ProviderAway("The provider does not answer in JSON.") from None
    if not isinstance(told, dict):
        raise ProviderAway("The provider does not answer with an object.")
    return told


def _endpoint(provider: Mapping[str, Any], name: str) -> str:
    address = str(provider.get(name, ""))
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ProviderAway(f"The provider tells no safe {name}.")
    return address
