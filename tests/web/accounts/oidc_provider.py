"""
An OpenID Connect provider of its own process, on Authlib's server side.

It vouches without asking for whomever a POST to /who names last; `spoil` lets it misbehave.
"""
# ruff: noqa: ARG002 (the library names what its hooks are given)

import os
import secrets
import sys
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
KEY, FORGED = (RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False) for _ in range(2))
CLIENT, SECRET = "xunjian", "between the two of them"
app = Flask("provider")
app.config["OAUTH2_ERROR_URIS"] = []
who: dict[str, object] = {}
codes: dict[str, "Code"] = {}


class Client(ClientMixin):
    client_id = CLIENT

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == "http://localhost/account/sign-on/back"

    def check_client_secret(self, client_secret):
        return secrets.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method, endpoint):
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


class Code(AuthorizationCodeMixin):
    def __init__(self, code, asked):
        data = asked.payload.data
        self.code, self.redirect_uri, self.scope = (
            code,
            asked.payload.redirect_uri,
            asked.payload.scope,
        )
        self.nonce = data.get("nonce")
        self.code_challenge = data.get("code_challenge")
        self.code_challenge_method = data.get("code_challenge_method")
        self.person = dict(who)

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return "somebody else's" if who.get("spoil") == "nonce" else self.nonce

    def get_auth_time(self):
        return int(time.time())

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code, request):
        codes[code] = Code(code, request)

    def query_authorization_code(self, code, client):
        return codes.get(code)

    def delete_authorization_code(self, authorization_code):
        codes.pop(authorization_code.code)

    def authenticate_user(self, authorization_code):
        return authorization_code.person


class Claims(OpenIDCode):
    def exists_nonce(self, nonce, request):
        return any(code.nonce == nonce for code in codes.values())

    def get_jwt_config(self, client):
        key = FORGED if who.get("spoil") == "signature" else KEY
        issuer = (
            "http://elsewhere" if who.get("spoil") == "issuer" else request.host_url.rstrip("/")
        )
        return {"key": key, "alg": "RS256", "iss": issuer, "exp": 300, "kid": "one"}

    def generate_user_info(self, user, scope):
        return UserInfo({name: value for name, value in user.items() if name != "spoil"})


server = AuthorizationServer(
    app, query_client=lambda _id: Client(), save_token=lambda _token, _request: None
)
server.register_grant(CodeGrant, [Claims(require_nonce=True), CodeChallenge(required=True)])


@app.post("/who")
def set_who():
    who.clear()
    who.update(request.get_json())
    return {}


@app.get("/.well-known/openid-configuration")
def configuration():
    here = request.host_url.rstrip("/")
    return jsonify(
        issuer=here,
        authorization_endpoint=f"{here}/authorize",
        token_endpoint=f"{here}/token",
        jwks_uri=f"{here}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["client_secret_basic"],
    )


@app.get("/keys")
def keys():
    return jsonify(keys=[KEY.as_dict(private=False)])


@app.get("/authorize")
def authorize():
    grant = server.get_consent_grant(end_user=who)
    return server.create_authorization_response(grant=grant, grant_user=who)


@app.post("/token")
def token():
    return server.create_token_response()


if __name__ == "__main__":
    running = make_server("127.0.0.1", 0, app, threaded=True)
    print(running.server_port, flush=True)  # noqa: T201 - how the tests learn it
    sys.stdout.close()
    running.serve_forever()
