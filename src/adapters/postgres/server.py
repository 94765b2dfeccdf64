"""What Daybook asks of any PostgreSQL server, the embedded one and an external one alike."""

from __future__ import annotations

import psycopg
from psycopg import sql

from adapters.postgres.place import PostgresUnusable

LEAST_VERSION = 15
EXTENSIONS = ("btree_gin", "pg_trgm", "unaccent")
"""For the search boxes and the filters: fuzzy text, accents, and indexes that combine both with plain columns."""


def check_server(dsn: str) -> None:
    """Raise `PostgresUnusable` unless the server is new enough, speaks UTF-8 and has the extensions; creates those where it may.

    The extensions are created in `public`, which every cell's search path ends with.
    """
    try:
        with psycopg.connect(dsn, autocommit=True, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
            if version < LEAST_VERSION:
                raise PostgresUnusable(
                    "PostgreSQL {found} is te oud: Daybook heeft versie {least} of hoger nodig.", found=version, least=LEAST_VERSION
                )
            encoding = connection.info.parameter_status("server_encoding")
            if encoding != "UTF8":
                raise PostgresUnusable(
                    "De databank bewaart tekst als {encoding}. Maak ze opnieuw aan met ENCODING 'UTF8'.", encoding=encoding
                )
            _create_extensions(connection)
    except psycopg.OperationalError as problem:
        raise PostgresUnusable("De databank is niet bereikbaar: {reason}", reason=str(problem).strip()) from problem


def _create_extensions(connection: psycopg.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    for name in EXTENSIONS:
        if name in present:
            continue
        try:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name)))
        except psycopg.errors.UniqueViolation:  # a process that started with us created it
            continue
        except psycopg.errors.FeatureNotSupported as absent:
            raise PostgresUnusable(
                "De PostgreSQL-uitbreiding {name} is niet geïnstalleerd op de server. Installeer het pakket postgresql-contrib.", name=name
            ) from absent
        except psycopg.errors.InsufficientPrivilege as forbidden:
            raise PostgresUnusable(
                "Daybook mag de uitbreiding {name} niet aanmaken. Laat een beheerder CREATE EXTENSION {name} uitvoeren in deze databank.",
                name=name,
            ) from forbidden
