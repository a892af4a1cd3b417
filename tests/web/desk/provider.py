"""A small OpenID provider on this machine, with real keys and signed tokens, that can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "nabij", "a secret between two machines"


class Provider:
    """``says`` replaces claims of the next token; ``signs_with`` a key that it does not publish."""

    def __init__(self, now):
        self.now, self.address = now, ""
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.asked, self.says, self.signs_with, self.is_away = {}, {}, None, False
        self.email_in_token, self.renames_itself, self.tells = True, None, {}

    def visit(self, address, email="an@zone.example.be", verified=True):
        """What a person does there: signs in; gives the code and the state that lead back."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        code = hashlib.sha256(asked["state"].encode()).hexdigest()
        self.asked[code] = asked | {"email": email, "verified": verified}
        return {"code": code, "state": asked["state"]}

    def __call__(self, environ, start_response):
        if self.is_away:
            start_response("502 Bad Gateway", [])
            return [b""]
        where = environ["PATH_INFO"]
        status, told = "200 OK", {}
        if where == "/.well-known/openid-configuration":
            told = {
                "issuer": self.renames_itself or self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
            }
        elif where == "/jwks":
            told = KeySet([self.key]).as_dict(private=False)
        elif where == "/token":
            status, told = self._token(environ)
        elif where == "/userinfo":
            told = self.tells
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(told).encode()]

    def _token(self, environ):
        size = int(environ["CONTENT_LENGTH"])
        form = {n: v[0] for n, v in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.asked.pop(form.get("code"), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or environ.get("HTTP_AUTHORIZATION") != f"Basic {known}"
            or asked["code_challenge"] != challenge.decode().rstrip("=")
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return "400 Bad Request", {"error": "invalid_grant"}
        at = int(self.now.timestamp())
        claims = {
            "iss": self.address, "sub": "an", "aud": CLIENT, "iat": at, "exp": at + 300,
            "nonce": asked["nonce"],
        }  # fmt: skip
        if self.email_in_token:
            claims |= {"email": asked["email"], "email_verified": asked["verified"]}
        claims = {n: v for n, v in (claims | self.says).items() if v is not None}
        header = {"alg": "RS256", "kid": "one"}
        token = jwt.encode(header, claims, self.signs_with or self.key)
        return "200 OK", {"access_token": "x", "token_type": "Bearer", "id_token": token}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def serving(now):
    """The provider, answering on this machine for as long as the block runs."""
    provider = Provider(now)
    with make_server("127.0.0.1", 0, provider, handler_class=_Quiet) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
