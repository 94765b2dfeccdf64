"""One cell for all tests of lists: each fills a generation of its own, so none sees another's rows."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from adapters.postgres.embedded import EmbeddedPostgres
from adapters.postgres.pool import Database


@pytest.fixture(scope="session")
def pool(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """The cell. What is not a read model's (the ledger mirror) is shared: such a test takes a dossier of its own."""
    name = f"lists_{uuid4().hex[:12]}"
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER daybook").format(sql.Identifier(name)))
        with Database(postgres.dsn.replace("/daybook?", f"/{name}?"), "cell", size=3) as opened:
            yield opened
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
