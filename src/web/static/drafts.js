// What somebody typed and did not save, kept in this browser for two days: per thing and version ("ID/VERSION").

const PREFIX = "daybook.draft.";
const DAYS = 2;
const DAY = 24 * 3600 * 1000;

/** Keep the fields of a form, or (null) keep nothing. */
export function keep(name, fields) {
  try {
    if (fields) localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), fields }));
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // a browser that keeps nothing still works
  }
}

/** What was kept of this version. Drafts of earlier versions of the thing, and old ones, are forgotten. */
export function kept(name) {
  const thing = PREFIX + name.slice(0, name.lastIndexOf("/") + 1);
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const stale = Date.now() - (JSON.parse(localStorage.getItem(key)).at ?? 0) > DAYS * DAY;
      if (stale || (key.startsWith(thing) && key !== PREFIX + name)) localStorage.removeItem(key);
    }
    return JSON.parse(localStorage.getItem(PREFIX + name))?.fields ?? null;
  } catch {
    return null;
  }
}
