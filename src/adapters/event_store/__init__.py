"""The event log on PostgreSQL, behind the interfaces of the `eventsourcing` library."""
