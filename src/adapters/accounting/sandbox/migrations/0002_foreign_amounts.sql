-- What an invoice said in its own currency, beside the EUR it is booked in: how much of that currency one euro was, and when that was published.

ALTER TABLE bookings
    ADD COLUMN foreign_currency text CHECK (foreign_currency <> 'EUR'),
    ADD COLUMN foreign_total numeric CHECK (foreign_total >= 0),
    ADD COLUMN per_euro numeric CHECK (per_euro > 0),
    ADD COLUMN rate_day date,
    ADD CONSTRAINT foreign_amounts_are_whole CHECK (num_nulls(foreign_currency, foreign_total, per_euro) IN (0, 3));

ALTER TABLE booking_lines ADD COLUMN foreign_base numeric, ADD COLUMN foreign_vat numeric;
