-- One supplier in all dossiers: what others of the office do with its invoices.
CREATE INDEX mirror_parties_of_office ON mirror_parties (vat_number, kind) WHERE vat_number IS NOT NULL;

-- Which part of the VAT of a code may be deducted, in percent.
ALTER TABLE mirror_vat_codes ADD COLUMN deductible numeric NOT NULL DEFAULT 100;
