-- The hash chain: one digest a position, written by a follower of the log (application/audit_chain.py says over what).
CREATE TABLE event_chain (
    position bigint PRIMARY KEY,
    digest   bytea NOT NULL
);

-- The chain's head as it was signed, every few minutes. The key is outside the database.
CREATE TABLE event_anchors (
    position bigint PRIMARY KEY,
    document bytea NOT NULL, -- JSON: the anchor, its signature, the public key
    object   text  NOT NULL  -- the same bytes in the object store, by sha256
);
