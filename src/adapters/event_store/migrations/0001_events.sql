-- One row per event. State is JSON text as bytes: {"v": schema version, "data": {...}, "sealed": "base64"}.
CREATE TABLE events (
    position    bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    stream      uuid        NOT NULL,
    version     bigint      NOT NULL,
    name        text        NOT NULL,
    at          timestamptz NOT NULL,
    by          uuid,
    via         text        NOT NULL,
    correlation uuid,
    causation   text,
    state       bytea       NOT NULL,
    UNIQUE (stream, version)
);

CREATE INDEX events_name ON events (name, position);

-- The data key of a stream, wrapped by the installation's key. Erased: the row stays, the key is gone.
CREATE TABLE stream_keys (
    stream    uuid PRIMARY KEY,
    wrapped   bytea,
    erased_at timestamptz
);

-- How far each reaction has come: written in the transaction of what it appended.
CREATE TABLE reaction_positions (
    reaction text   PRIMARY KEY,
    position bigint NOT NULL
);

-- The lock is taken before the position: when a reader sees the lock free, every lower position is visible (ADR 0002).
CREATE FUNCTION append_events(
    new_streams uuid[], new_versions bigint[], new_names text[], new_states bytea[],
    acting uuid, door text, chain uuid, cause text,
    key_streams uuid[], key_values bytea[],
    tracker text, tracked bigint
) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(3203, 'events'::regclass::oid::int);
    moment := clock_timestamp();
    IF key_streams IS NOT NULL THEN
        INSERT INTO stream_keys (stream, wrapped) SELECT * FROM unnest(key_streams, key_values);
    END IF;
    IF tracker IS NOT NULL THEN
        INSERT INTO reaction_positions AS seen (reaction, position) VALUES (tracker, tracked)
            ON CONFLICT (reaction) DO UPDATE SET position = excluded.position WHERE seen.position < excluded.position;
        IF NOT FOUND THEN
            RAISE unique_violation USING MESSAGE = format('reaction %s is already past %s', tracker, tracked);
        END IF;
    END IF;
    RETURN QUERY
        INSERT INTO events (stream, version, name, at, by, via, correlation, causation, state)
        SELECT one.stream, one.version, one.name, moment, acting, door, chain, cause, one.state
        FROM unnest(new_streams, new_versions, new_names, new_states) WITH ORDINALITY AS one (stream, version, name, state, number)
        ORDER BY one.number
        RETURNING position;
END
$$;

-- One event of one stream with no key and no tracking: the commonest append, without arrays.
CREATE FUNCTION append_event(
    new_stream uuid, new_version bigint, new_name text, new_state bytea, acting uuid, door text, chain uuid, cause text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(3203, 'events'::regclass::oid::int);
    INSERT INTO events (stream, version, name, at, by, via, correlation, causation, state)
        VALUES (new_stream, new_version, new_name, clock_timestamp(), acting, door, chain, cause, new_state)
        RETURNING position INTO given;
    RETURN given;
END
$$;
