// An invoice in another currency while somebody works on it: its rate follows currency and date unless it is locked, and amounts are shown in
// euro. Amounts are cents as BigInt; a rate is how much of the currency one euro is, in hundred-millionths.

const SCALE = 100_000_000n;
let asked = null;

const one = (form, selector) => form.querySelector(selector);
const magnitude = (value) => (value < 0n ? -value : value);

/** A rate as typed (`1,0842`, `16.290,5`) → hundred-millionths, or null. */
export function readRate(text) {
  const plain = text.replace(/\s/g, "");
  const digits = plain.includes(",") ? plain.replaceAll(".", "").replace(",", ".") : plain;
  const [, whole, part = ""] = /^(\d{1,8})(?:\.(\d{1,8}))?$/.exec(digits) ?? [];
  if (whole === undefined) return null;
  const rate = BigInt(whole) * SCALE + BigInt(part.padEnd(8, "0"));
  return rate > 0n ? rate : null;
}

/** Cents of the currency → euro cents; a half goes away from zero. */
export function inEuro(cents, rate) {
  const whole = (magnitude(cents) * SCALE * 2n + rate) / (rate * 2n);
  return cents < 0n ? -whole : whole;
}

/** Total, base and VAT in euro as the books will have them: the cents that rounding leaves stand on a base, never on VAT. */
export function euros(total, lines, rate) {
  const vat = lines.reduce((sum, line) => sum + inEuro(line.vat, rate), 0n);
  const whole = total === null ? null : inEuro(total, rate);
  const complete = total !== null && lines.reduce((sum, line) => sum + line.base + line.vat, 0n) === total;
  const base = complete ? whole - vat : lines.reduce((sum, line) => sum + inEuro(line.base, rate), 0n);
  return { total: whole, base, vat };
}

export const currency = (form) => one(form, "#currency").value;

/** The sign amounts are told with: that of the euro, or the code of the currency. */
export const sign = (form) => (currency(form) === "EUR" ? "€" : currency(form));

/** Show or hide what only another currency has, and what the amounts are in euro. */
export function show(form, total, lines, format) {
  const foreign = currency(form) !== "EUR";
  for (const part of form.querySelectorAll("[data-foreign]")) part.hidden = !foreign;
  one(form, "fieldset").classList.toggle("is-foreign", foreign);
  const rate = foreign ? readRate(one(form, "#rate").value) : null;
  const found = rate === null ? {} : euros(total, lines, rate);
  for (const place of form.querySelectorAll("[data-euro]")) {
    const value = found[place.dataset.euro];
    place.textContent = value === undefined || value === null ? "–" : format(value);
  }
}

function setLock(form, locked) {
  const button = one(form, "[data-rate-lock]");
  one(form, "[name=rate_typed]").value = locked ? "1" : "";
  if (!button) return;
  const label = locked ? button.dataset.on : button.dataset.off;
  button.setAttribute("aria-pressed", String(locked));
  button.setAttribute("aria-label", label);
  button.title = label;
  one(button, ".ti").className = `ti ti-${locked ? "lock" : "lock-open"}`;
  if (locked) one(form, "[data-rate-note]").textContent = button.dataset.note;
}

const locked = (form) => one(form, "[name=rate_typed]").value !== "";

/** The published rate of the chosen currency and date. What comes late, or after the rate was locked, is not shown. */
async function lookUp(form, done) {
  asked?.abort();
  if (currency(form) === "EUR" || locked(form)) return;
  const own = (asked = new AbortController());
  const field = one(form, "#rate");
  const wanted = new URLSearchParams({ currency: currency(form), day: one(form, "#invoice_date").value });
  try {
    const answer = await fetch(`${field.dataset.rate}?${wanted}`, { signal: own.signal });
    if (!answer.ok) return;
    const { rate, note, old } = await answer.json();
    if (own.signal.aborted || locked(form)) return;
    field.value = rate;
    one(form, "[data-rate-note]").textContent = note;
    field.closest(".fld").classList.toggle("is-warn", old);
    done();
  } catch {
    // saving looks it up all the same
  }
}

/** After a change in the form. */
export function changed(form, field, done) {
  if (field.id === "currency") setLock(form, false);
  if (field.id === "rate") setLock(form, field.value.trim() !== "");
  if (field.id === "currency" || field.id === "invoice_date") lookUp(form, done);
}

/** Lock the rate that is there, or follow the bank again. */
export function toggleLock(form, done) {
  setLock(form, !locked(form) && one(form, "#rate").value.trim() !== "");
  lookUp(form, done);
}
