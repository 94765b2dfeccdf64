-- Analytic dimensions with what may be booked on, in the order the operator gave them; the financial discount of an invoice.

CREATE TABLE dimensions (
    company text NOT NULL REFERENCES companies,
    code text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    mandatory boolean NOT NULL,
    "values" jsonb NOT NULL, -- [{code, name}, …]
    PRIMARY KEY (company, code)
);

ALTER TABLE booking_lines ADD COLUMN dimensions jsonb NOT NULL DEFAULT '{}';
ALTER TABLE bookings ADD COLUMN discount numeric NOT NULL DEFAULT 0 CHECK (discount >= 0 AND discount < 100);
