// Sentences in the user's language: the Dutch sentence is the key, values are {named}. Translations come with the page.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const known = JSON.parse(meta("texts") || "{}");

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const t = (sentence, values = {}) => filled(known[sentence] ?? sentence, values);

export function tn(one, many, n, values = {}) {
  const forms = known[one] ?? [one, many];
  const single = document.documentElement.lang.startsWith("fr") ? n < 2 : n === 1;
  return filled(forms[single ? 0 : 1], { n, ...values });
}

export const csrfToken = () => meta("csrf-token");
export const draftSecret = () => meta("drafts");
export const liveAddress = () => meta("live");
