"""Our cookies: the session's, the one a guest's forms are bound to, and the language a guest chose."""

from __future__ import annotations

from litestar.datastructures import Cookie

LANGUAGE_FOR = 365 * 24 * 3600


class Cookies:
    """Names and flags. `secure`: over HTTPS only, under the `__Host-` prefix, which no other host can write."""

    def __init__(self, *, secure: bool, hours: int) -> None:
        prefix = "__Host-" if secure else ""
        self._secure = secure
        self._seconds = hours * 3600
        self.session_name = f"{prefix}daybook"
        self.guest_name = f"{prefix}daybook-guest"
        self.language_name = f"{prefix}daybook-language"

    def session(self, token: str) -> Cookie:
        """Somebody is signed in."""
        return self._cookie(self.session_name, token, self._seconds)

    def no_session(self) -> Cookie:
        """Nobody is signed in any more."""
        return self._cookie(self.session_name, "", 0)

    def guest(self, token: str) -> Cookie:
        """What the forms of somebody who is not signed in are bound to."""
        return self._cookie(self.guest_name, token, None)

    def language(self, code: str) -> Cookie:
        """The language a guest chose."""
        return self._cookie(self.language_name, code, LANGUAGE_FOR)

    def _cookie(self, name: str, value: str, seconds: int | None) -> Cookie:
        return Cookie(key=name, value=value, path="/", max_age=seconds, secure=self._secure, httponly=True, samesite="lax")
