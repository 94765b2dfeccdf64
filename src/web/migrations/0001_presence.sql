-- Who has which booking proposal on his screen. Not history: a row lives as long as the screen says it is there, and a crash may empty it.
CREATE UNLOGGED TABLE presence (
    proposal uuid NOT NULL,
    "user" uuid NOT NULL,
    dossier uuid NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal, "user")
);
