// Words of a document as the value of a field, by kind: "date", "amount", "iban", "vat", "reference" (a structured communication), anything
// else is text. What does not read as its kind is null, so that no word lands where it means nothing.

import * as amount from "./amount.js";

const MONTHS = [
  ["jan"],
  ["feb", "fev", "fév"],
  ["maa", "mrt", "mar", "mär", "mae"],
  ["apr", "avr"],
  ["mei", "mai", "may"],
  ["jun", "juin"],
  ["jul", "juil"],
  ["aug", "aou", "aoû"],
  ["sep"],
  ["okt", "oct"],
  ["nov"],
  ["dec", "déc", "dez"],
];
const IBAN_LENGTHS = { BE: 16, NL: 18, FR: 27, DE: 22, LU: 20, GB: 22, ES: 24, IT: 27, PT: 25, IE: 22, AT: 20, CH: 21, PL: 28, DK: 18, SE: 24, NO: 15, FI: 18 };
const CURRENCY = /\b(EUR|USD|GBP|CHF|DKK|SEK|NOK|PLN)\b|[€$£]/gi;

const two = (number) => String(number).padStart(2, "0");

function written(day, month, year) {
  const whole = year < 100 ? 2000 + year : year;
  const real = new Date(Date.UTC(whole, month - 1, day));
  const same = real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
  return same && whole >= 1990 && whole < 2100 ? `${two(day)}/${two(month)}/${whole}` : null;
}

function monthOf(name) {
  const low = name.toLowerCase();
  const found = MONTHS.findIndex((starts) => starts.some((start) => low.startsWith(start)));
  return found < 0 ? null : found + 1;
}

/** 05/03/2026, 5-3-26, 2026-03-05, 5 maart 2026, March 5, 2026 … → 05/03/2026. */
function date(text) {
  let match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(text);
  if (match) return written(Number(match[3]), Number(match[2]), Number(match[1]));
  match = /^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})$/.exec(text);
  if (match) return written(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\d{1,2})(?:er|e|\.|st|nd|rd|th)?[\s-]+(?:of |de )?(\p{L}{3,})\.?[\s,-]+(\d{4}|\d{2})$/u.exec(text);
  if (match && monthOf(match[2])) return written(Number(match[1]), monthOf(match[2]), Number(match[3]));
  match = /^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(text);
  return match && monthOf(match[1]) ? written(Number(match[2]), monthOf(match[1]), Number(match[3])) : null;
}

/** Printed amounts have their decimals behind the last sign, whatever the sign; a minus may stand behind. */
function money(text) {
  let digits = text.replace(CURRENCY, "").replace(/[\s\u00a0']/g, "");
  const below = /^\(.*\)$/.test(digits) || /[-−]$|^[-−]/.test(digits);
  digits = digits.replace(/^[(−-]|[)−-]$/g, "");
  if (!/^\d[\d.,]*$/.test(digits)) return null;
  const last = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
  if (last >= 0 && digits.includes(",") && digits.includes(".")) digits = `${digits.slice(0, last).replace(/[.,]/g, "")},${digits.slice(last + 1)}`;
  else if (/^\d{1,3}(,\d{3})+$/.test(digits) && digits.split(",").length > 2) digits = digits.replaceAll(",", "");
  const cents = amount.evaluate(digits);
  return cents === null ? null : amount.format(below ? -cents : cents);
}

const remainder = (digits, by) => Number(BigInt(digits) % BigInt(by));

function iban(text) {
  const compact = text.toUpperCase().replace(/^.*IBAN/, "").replace(/[^A-Z0-9]/g, "");
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(compact)) return null;
  const wanted = IBAN_LENGTHS[compact.slice(0, 2)];
  if (wanted && wanted !== compact.length) return null;
  const moved = [...(compact.slice(4) + compact.slice(0, 4))].map((sign) => parseInt(sign, 36)).join("");
  return remainder(moved, 97) === 1 ? compact.replace(/(.{4})(?=.)/g, "$1 ") : null;
}

/** A Belgian number with or without BE, checked; another country's with its two letters. */
function vat(text) {
  const compact = text.toUpperCase().replace(/^.*(?:BTW|TVA|VAT|MWST|UST|KBO|BCE)[^A-Z0-9]*(?:NR|NO|ID)?/, "").replace(/[^A-Z0-9]/g, "");
  const belgian = /^(?:BE)?(0?\d{9}|1\d{9})$/.exec(compact);
  if (belgian) {
    const digits = belgian[1].padStart(10, "0");
    const good = 97 - remainder(digits.slice(0, 8), 97) === Number(digits.slice(8));
    return good ? `BE ${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}` : null;
  }
  return /^(?!BE)[A-Z]{2}(?=.*\d{4})[A-Z0-9]{6,12}$/.test(compact) ? compact : null;
}

/** A structured communication in its three groups. */
function structured(text) {
  const digits = text.replace(/[+*/.\s]/g, "");
  if (!/^\d{12}$/.test(digits)) return null;
  const wanted = remainder(digits.slice(0, 10), 97) || 97;
  return wanted === Number(digits.slice(10)) ? `+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++` : null;
}

const READERS = { date, amount: money, percent: (text) => money(text.replace("%", "")), iban, vat };

/** The value that stands in `text`; with `strict` a reference is a structured one (any text may be a reference). */
export function read(kind, text, strict = false) {
  const line = text.replace(/\s+/g, " ").trim();
  if (!line) return null;
  if (kind === "reference") return structured(line) ?? (strict ? null : line);
  return READERS[kind] ? READERS[kind](line) : line;
}
