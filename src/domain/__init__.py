"""What the business decides: aggregates, their events and value objects. No I/O, no clock, no random ids."""
