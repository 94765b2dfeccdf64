// "Somebody else has this open." An element with data-here="ADDRESS" says so there as long as somebody works on it, and tells who else has:
// its text follows the names. It asks nothing of a page that nobody looks at, or where nothing was done for a while.

import { csrfToken, t } from "./texts.js";

const BEAT = 20_000;
const IDLE = 600_000;
const LOOK = 1000;
let address = "";
let beaten = 0;
let active = Date.now();

const place = () => document.querySelector("[data-here]");

function tell(to, fields = {}) {
  const headers = { "X-CSRFToken": csrfToken() };
  return fetch(to, { method: "POST", body: new URLSearchParams(fields), headers, keepalive: true });
}

function leave() {
  if (address) tell(address, { leaving: "1" }).catch(() => {});
  address = "";
  beaten = 0;
}

async function beat() {
  const to = address;
  beaten = Date.now();
  try {
    const answer = await tell(to);
    if (!answer.ok || to !== place()?.dataset.here) return;
    const { others } = await answer.json();
    place().hidden = others.length === 0;
    place().querySelector("[data-here-names]").textContent = others.length ? t("Ook open bij {names}", { names: others.join(", ") }) : "";
  } catch {
    // the next beat tries again
  }
}

function look() {
  const now = place()?.dataset.here ?? "";
  if (now !== address) {
    leave();
    address = now;
  }
  const works = !document.hidden && Date.now() - active < IDLE;
  if (address && works && Date.now() - beaten >= BEAT) beat();
}

export function start() {
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(kind, () => (active = Date.now()), { passive: true, capture: true });
  }
  addEventListener("pagehide", leave);
  setInterval(look, LOOK);
  look();
}
