"""Documents as objects in S3 or anything that speaks it: for a provider who runs many offices."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import S3Store

from adapters.objects import check_content, object_name
from application.ports import ObjectMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from obstore.store import S3Config

PATIENCE = timedelta(seconds=30)
"""How long one call is retried before it fails."""


class S3Objects:
    """`application.ports.Objects` under `prefix` of one bucket. S3 acknowledges only what it has stored durably.

    Without `endpoint` it is Amazon's, in `region`. Trouble on the way raises `OSError`, as on a disk.
    """

    def __init__(self, bucket: str, prefix: str, *, endpoint: str | None = None, region: str = "us-east-1") -> None:
        where: S3Config = {"region": region, "disable_bulk_delete": True}  # not every store that speaks S3 knows bulk deletes
        if endpoint:
            where["endpoint"] = endpoint
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            config=where,
            client_options={"allow_http": bool(endpoint and endpoint.startswith("http://")), "timeout": PATIENCE},
            retry_config={"retry_timeout": PATIENCE},
        )

    def put(self, data: bytes) -> str:
        """Store under the digest; the same bytes again, or damaged ones, are overwritten with what they should be."""
        sha256 = hashlib.sha256(data).hexdigest()
        with _on_the_way():
            self._store.put(object_name(sha256), data, use_multipart=False)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, checked."""
        try:
            with _on_the_way():
                data = bytes(self._store.get(object_name(sha256)).bytes())
        except FileNotFoundError:
            raise ObjectMissing(sha256) from None
        return check_content(sha256, data)

    def exists(self, sha256: str) -> bool:
        """Whether an object is stored under this digest; its bytes are not read."""
        try:
            with _on_the_way():
                self._store.head(object_name(sha256))
        except FileNotFoundError:
            return False
        return True

    def delete(self, sha256: str) -> None:
        """Remove the object."""
        with _on_the_way():
            self._store.delete(object_name(sha256))


@contextmanager
def _on_the_way() -> Iterator[None]:
    try:
        yield
    except BaseError as trouble:
        raise OSError(str(trouble)) from trouble
