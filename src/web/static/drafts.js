// What somebody typed and did not save, kept in this browser for two days: per user, thing and version ("ID/VERSION"). It is sealed with a key
// that only comes with the pages of a signed-in user, so that who uses the computer next cannot read it. Browsers seal only on a secure address
// (https, or the machine itself); elsewhere it is kept for this tab alone.

import { draftSecret } from "./texts.js";

const PREFIX = "daybook.draft.";
const SAVING = "daybook.saving"; // what was sent and not answered yet
const DAYS = 2;
const DAY = 24 * 3600 * 1000;
const HALF = 32;
let last = Promise.resolve(); // one at a time, so that the newest is what stays

const seals = () => Boolean(globalThis.crypto?.subtle);
const store = () => (seals() ? localStorage : sessionStorage);
const place = (name) => `${PREFIX}${draftSecret().slice(0, HALF)}.${name}`;
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const fromHex = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
const key = () => crypto.subtle.importKey("raw", fromHex(draftSecret().slice(HALF)), "AES-GCM", false, ["encrypt", "decrypt"]);

async function sealed(text) {
  if (!seals()) return { text };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(text));
  return { iv: base64(iv), data: base64(new Uint8Array(data)) };
}

async function unsealed({ iv, data, text }) {
  if (!iv) return text;
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, await key(), bytesOf(data)));
}

/** Keep the fields of a form, or (null) keep nothing. */
export function keep(name, fields) {
  if (!draftSecret()) return last;
  const where = place(name);
  last = last.then(async () => {
    try {
      if (fields) store().setItem(where, JSON.stringify({ at: Date.now(), ...(await sealed(JSON.stringify(fields))) }));
      else store().removeItem(where);
    } catch {
      // a browser that keeps nothing still works
    }
  });
  return last;
}

/** What was kept of this version, or null. Drafts of earlier versions of the thing, and everybody's old ones, are forgotten. */
export async function kept(name) {
  await last;
  const thing = place(name.slice(0, name.lastIndexOf("/") + 1));
  try {
    for (const one of Object.keys(store()).filter((other) => other.startsWith(PREFIX))) {
      const stale = Date.now() - (JSON.parse(store().getItem(one)).at ?? 0) > DAYS * DAY;
      if (stale || (one.startsWith(thing) && one !== place(name))) store().removeItem(one);
    }
    const found = JSON.parse(store().getItem(place(name)));
    return found && JSON.parse(await unsealed(found));
  } catch {
    return null;
  }
}

/** It is being saved: the next page that is not about it any more forgets what was typed. */
export const saving = (name) => sessionStorage.setItem(SAVING, name);

/** It was not. */
export const notSaved = () => sessionStorage.removeItem(SAVING);

/** On every page: what was saved on the page before is no draft any more. A page for who is not signed in says nothing about it. */
export function settle() {
  const name = sessionStorage.getItem(SAVING);
  if (!name || !draftSecret()) return;
  notSaved();
  if (document.querySelector("form[data-annotation]")?.dataset.annotation !== name) keep(name, null);
}
