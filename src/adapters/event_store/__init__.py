"""The event log on PostgreSQL, behind the interfaces of the `eventsourcing` library."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
"""The log's tables, as numbered SQL files."""
