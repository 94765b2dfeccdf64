-- The analytic dimensions of the package with what may be booked on ("values": [{code, name}, …] in its order), and what lines were booked on.

CREATE TABLE mirror_dimensions (
    dossier uuid NOT NULL,
    code text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    mandatory boolean NOT NULL,
    "values" jsonb NOT NULL,
    PRIMARY KEY (dossier, code)
);

ALTER TABLE mirror_booking_lines ADD COLUMN dimensions jsonb NOT NULL DEFAULT '{}';
