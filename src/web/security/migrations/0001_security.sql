-- Who is signed in. Only the SHA-256 of the cookie's value is kept. `position` is the last thing the person wrote (read-your-writes),
-- `message` what the next page tells him.
CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    "user" uuid NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    position bigint NOT NULL DEFAULT 0,
    message jsonb
);
CREATE INDEX sessions_user ON sessions ("user");
CREATE INDEX sessions_seen ON sessions (seen_at);

CREATE TABLE passwords (
    "user" uuid PRIMARY KEY,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- One-time links with which a person chooses a password.
CREATE TABLE welcome_links (
    token_hash bytea PRIMARY KEY,
    "user" uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- Failed sign-ins in a row, per account (keyed digest of the address typed, whether it exists or not) and per network address.
CREATE TABLE sign_in_attempts (
    subject text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_tokens (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    "user" uuid NOT NULL,
    name text NOT NULL,
    scopes text[],
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    first_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens ("user");

-- What happened at the door. People appear by id, or by the keyed digest of the address they typed; never by that address itself.
CREATE TABLE security_journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    "user" uuid,
    account uuid,
    address text NOT NULL DEFAULT '',
    detail text NOT NULL DEFAULT ''
);
CREATE INDEX security_journal_user ON security_journal ("user", at);
