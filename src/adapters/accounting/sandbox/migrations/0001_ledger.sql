-- The books of the companies kept in the sandbox ledger. Amounts are EUR.

CREATE TABLE companies (
    code text PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE accounts (
    company text NOT NULL REFERENCES companies,
    code text NOT NULL,
    name text NOT NULL,
    open_for_annotation boolean NOT NULL,
    PRIMARY KEY (company, code)
);

CREATE TABLE journals (
    company text NOT NULL REFERENCES companies,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('purchase', 'sales', 'financial', 'miscellaneous')),
    credit_notes_only boolean NOT NULL,
    PRIMARY KEY (company, code)
);

CREATE TABLE periods (
    company text NOT NULL REFERENCES companies,
    period text NOT NULL CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    book_year integer NOT NULL,
    open boolean NOT NULL,
    PRIMARY KEY (company, period)
);

CREATE TABLE parties (
    company text NOT NULL REFERENCES companies,
    id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('supplier', 'customer')),
    name text NOT NULL,
    vat_number text,
    iban text,
    PRIMARY KEY (company, id),
    UNIQUE (company, kind, vat_number)
);

-- Under which ids others name a counterparty.
CREATE TABLE party_aliases (
    company text NOT NULL,
    kind text NOT NULL,
    alias text NOT NULL,
    party text NOT NULL,
    PRIMARY KEY (company, kind, alias),
    FOREIGN KEY (company, party) REFERENCES parties
);

CREATE TABLE entries (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100001) PRIMARY KEY,
    company text NOT NULL,
    journal text NOT NULL,
    book_year integer NOT NULL,
    number text NOT NULL,
    period text NOT NULL,
    booked_on date NOT NULL DEFAULT (now() AT TIME ZONE 'Europe/Brussels')::date,
    FOREIGN KEY (company, journal) REFERENCES journals,
    FOREIGN KEY (company, period) REFERENCES periods,
    CONSTRAINT number_once_a_book_year UNIQUE (company, journal, book_year, number)
);
CREATE INDEX entries_by_period ON entries (company, period);

CREATE TABLE entry_lines (
    entry bigint NOT NULL REFERENCES entries ON DELETE CASCADE,
    line integer NOT NULL,
    company text NOT NULL,
    account text NOT NULL,
    party text,
    debit numeric(14, 2) NOT NULL CHECK (debit >= 0),
    credit numeric(14, 2) NOT NULL CHECK (credit >= 0),
    description text NOT NULL,
    PRIMARY KEY (entry, line),
    CHECK ((debit = 0) <> (credit = 0)),
    FOREIGN KEY (company, account) REFERENCES accounts,
    FOREIGN KEY (company, party) REFERENCES parties
);

-- The last word on double entry: whatever the program does, no entry that does not balance is committed.
CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.entry ELSE NEW.entry END;
BEGIN
    IF (SELECT sum(debit) IS DISTINCT FROM sum(credit) FROM entry_lines WHERE entry = changed) THEN
        RAISE EXCEPTION 'entry % does not balance', changed USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT OR UPDATE OR DELETE ON entry_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry();

CREATE TABLE grid_amounts (
    entry bigint NOT NULL REFERENCES entries ON DELETE CASCADE,
    grid text NOT NULL,
    amount numeric(14, 2) NOT NULL,
    PRIMARY KEY (entry, grid)
);

-- Invoices and credit notes. `booking_id` is the id of who handed it over; null when entered in the package itself.
CREATE TABLE bookings (
    entry bigint PRIMARY KEY REFERENCES entries ON DELETE CASCADE,
    company text NOT NULL,
    booking_id text,
    fingerprint text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('purchase', 'sales')),
    credit_note boolean NOT NULL,
    party text NOT NULL,
    invoice_number text NOT NULL,
    invoice_date date NOT NULL,
    due_date date,
    currency text NOT NULL CHECK (currency = 'EUR'),
    total numeric(14, 2) NOT NULL CHECK (total >= 0),
    payment_reference text,
    instruction text NOT NULL,
    document bytea,
    FOREIGN KEY (company, party) REFERENCES parties,
    CONSTRAINT booking_once UNIQUE (company, booking_id)
);
CREATE UNIQUE INDEX invoice_once ON bookings (company, kind, party, credit_note, lower(invoice_number)) WHERE invoice_number <> '';

CREATE TABLE booking_lines (
    entry bigint NOT NULL REFERENCES bookings ON DELETE CASCADE,
    line integer NOT NULL,
    account text NOT NULL,
    vat_code text NOT NULL,
    base numeric(14, 2) NOT NULL,
    vat numeric(14, 2) NOT NULL,
    description text NOT NULL,
    PRIMARY KEY (entry, line)
);

CREATE TABLE payments (
    entry bigint PRIMARY KEY REFERENCES entries ON DELETE CASCADE,
    booking bigint NOT NULL REFERENCES bookings,
    amount numeric(14, 2) NOT NULL CHECK (amount > 0),
    paid_on date NOT NULL
);
CREATE INDEX payments_of_a_booking ON payments (booking);

-- Handed over and not yet looked at: what a package does with files in its import folder.
CREATE TABLE inbox (
    company text NOT NULL REFERENCES companies,
    booking_id text NOT NULL,
    arrival bigint GENERATED ALWAYS AS IDENTITY,
    fingerprint text NOT NULL,
    content jsonb NOT NULL,
    document bytea,
    refusal text, -- why it did not get into the books
    PRIMARY KEY (company, booking_id)
);

-- How the package misbehaves on request. `times` is how often still; null is until it is cleared.
CREATE TABLE faults (
    company text NOT NULL REFERENCES companies,
    call text NOT NULL,
    fault text NOT NULL,
    times integer CHECK (times > 0),
    seconds double precision NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (company, call, fault)
);
