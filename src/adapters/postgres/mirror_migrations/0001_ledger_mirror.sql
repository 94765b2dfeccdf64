-- The mirror of the books, by dossier. Replaced by synchronisation; `mirror_bookings.booking_id` is the id of the booking proposal a booking
-- came from, so a read model joins its own rows to the books by (dossier, booking_id).

CREATE FUNCTION mirror_folded(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent', value));

-- How names sort: their words without case, accents and punctuation, and without the particles they begin with (Dutch and French ones; the
-- lists kept by the program sort by the same key, `projections.sorting.sort_key`).
CREATE FUNCTION mirror_sort_key(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(btrim(regexp_replace(
        regexp_replace(
            btrim(regexp_replace(mirror_folded(normalize(value, NFKC)), '[^a-z0-9'']+', ' ', 'g')),
            '^((de|den|der|des|het|een|van|vande|vanden|vander|te|ten|ter|du|la|le|les) |[dl]'' ?|''t )+(?=[a-z0-9])', ''
        ),
        '[ '']+', ' ', 'g'
    )), 120);

CREATE TABLE mirror_dossiers (
    dossier uuid PRIMARY KEY,
    synchronised_at timestamptz NOT NULL,
    upto bigint NOT NULL -- log position when the reading of what is held began
);

CREATE TABLE mirror_accounts (
    dossier uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    open_for_annotation boolean NOT NULL,
    PRIMARY KEY (dossier, code)
);

CREATE TABLE mirror_vat_codes (
    dossier uuid NOT NULL,
    code text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    rate numeric NOT NULL,
    reverse_charge boolean NOT NULL,
    base_grids text[] NOT NULL,
    payable_grids text[] NOT NULL,
    deductible_grids text[] NOT NULL,
    credit_base_grids text[] NOT NULL,
    credit_payable_grids text[] NOT NULL,
    credit_deductible_grids text[] NOT NULL,
    PRIMARY KEY (dossier, code)
);

CREATE TABLE mirror_journals (
    dossier uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (dossier, code)
);

CREATE TABLE mirror_periods (
    dossier uuid NOT NULL,
    period text NOT NULL,
    open boolean NOT NULL,
    PRIMARY KEY (dossier, period)
);

CREATE TABLE mirror_parties (
    dossier uuid NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    vat_number text,
    iban text,
    PRIMARY KEY (dossier, id)
);
CREATE INDEX mirror_parties_by_vat_number ON mirror_parties (dossier, kind, vat_number);

CREATE TABLE mirror_bookings (
    dossier uuid NOT NULL,
    package_id text NOT NULL,
    booking_id uuid,
    kind text NOT NULL,
    credit_note boolean NOT NULL,
    journal text NOT NULL,
    number text NOT NULL,
    period text NOT NULL,
    party_id text NOT NULL,
    party_name text NOT NULL,
    invoice_number text NOT NULL,
    invoice_date date NOT NULL,
    due_date date,
    booked_on date NOT NULL,
    currency text NOT NULL,
    total numeric NOT NULL,
    paid numeric NOT NULL,
    amount numeric NOT NULL GENERATED ALWAYS AS (CASE WHEN credit_note THEN -total ELSE total END) STORED,
    open numeric NOT NULL GENERATED ALWAYS AS (CASE WHEN credit_note THEN paid - total ELSE total - paid END) STORED,
    paid_state text NOT NULL GENERATED ALWAYS AS (CASE WHEN paid >= total THEN 'yes' WHEN paid > 0 THEN 'partly' ELSE 'no' END) STORED,
    party_sort text NOT NULL GENERATED ALWAYS AS (mirror_sort_key(party_name)) STORED,
    search text NOT NULL GENERATED ALWAYS AS (mirror_folded(party_name || E'\n' || invoice_number || E'\n' || number)) STORED,
    PRIMARY KEY (dossier, package_id)
);
CREATE UNIQUE INDEX mirror_bookings_by_booking_id ON mirror_bookings (dossier, booking_id) WHERE booking_id IS NOT NULL;
-- One index for each order a list can have; the package's id makes every order total.
CREATE INDEX mirror_bookings_by_invoice_date ON mirror_bookings (dossier, kind, invoice_date, package_id) INCLUDE (amount, open);
CREATE INDEX mirror_bookings_by_due_date ON mirror_bookings (dossier, kind, due_date, package_id);
CREATE INDEX mirror_bookings_by_period ON mirror_bookings (dossier, kind, period, invoice_date, package_id);
CREATE INDEX mirror_bookings_by_number ON mirror_bookings (dossier, kind, number, package_id);
CREATE INDEX mirror_bookings_by_invoice_number ON mirror_bookings (dossier, kind, invoice_number, package_id);
CREATE INDEX mirror_bookings_by_party ON mirror_bookings (dossier, kind, party_sort, package_id);
CREATE INDEX mirror_bookings_by_amount ON mirror_bookings (dossier, kind, amount, package_id);
-- And for the filters that leave few rows.
CREATE INDEX mirror_bookings_of_party ON mirror_bookings (dossier, kind, party_id, invoice_date, package_id);
CREATE INDEX mirror_bookings_unpaid ON mirror_bookings (dossier, kind, paid_state, invoice_date, package_id) WHERE paid_state <> 'yes';
CREATE INDEX mirror_bookings_by_text ON mirror_bookings USING gin (dossier, search public.gin_trgm_ops);

CREATE TABLE mirror_booking_lines (
    dossier uuid NOT NULL,
    package_id text NOT NULL,
    line integer NOT NULL,
    account text NOT NULL,
    vat_code text NOT NULL,
    base numeric NOT NULL,
    vat numeric NOT NULL,
    description text NOT NULL,
    PRIMARY KEY (dossier, package_id, line)
);
CREATE INDEX mirror_booking_lines_by_account ON mirror_booking_lines (dossier, account text_pattern_ops, package_id);

-- Count and amounts by the filters with few values: a list of 100,000 bookings need not be counted to show its total.
CREATE TABLE mirror_booking_totals (
    dossier uuid NOT NULL,
    kind text NOT NULL,
    period text NOT NULL,
    journal text NOT NULL,
    credit_note boolean NOT NULL,
    paid_state text NOT NULL,
    count bigint NOT NULL,
    amount numeric NOT NULL,
    open numeric NOT NULL,
    PRIMARY KEY (dossier, kind, period, journal, credit_note, paid_state)
);

CREATE TABLE mirror_open_items (
    dossier uuid NOT NULL,
    package_id text NOT NULL,
    item integer NOT NULL,
    party_id text NOT NULL,
    due_date date,
    amount numeric NOT NULL,
    open numeric NOT NULL,
    PRIMARY KEY (dossier, package_id, item)
);
CREATE INDEX mirror_open_items_of_party ON mirror_open_items (dossier, party_id);

CREATE TABLE mirror_balances (
    dossier uuid NOT NULL,
    account text NOT NULL,
    period text NOT NULL,
    amount numeric NOT NULL,
    PRIMARY KEY (dossier, account, period)
);
