// What changes elsewhere shows here. One event stream per browser: the tab that holds the lock listens and tells the others.
//
// The server says `event: changed` with {"area": "mailbox:…"}; every element whose data-live names that area gets `refresh`, which its own
// hx-trigger waits for. A tab that is not looked at waits until it is.

import { liveAddress } from "./texts.js";

const GATHER = 300;
const waiting = new Set();
let timer = 0;

function show() {
  if (document.hidden) return;
  for (const element of document.querySelectorAll("[data-live]")) {
    const areas = element.dataset.live.split(/\s+/);
    if (waiting.has("*") || areas.some((area) => waiting.has(area))) window.htmx.trigger(element, "refresh");
  }
  waiting.clear();
}

/** Refresh what shows this area; `*` is everything. Changes that come together are shown together. */
export function changed(area) {
  waiting.add(area);
  clearTimeout(timer);
  timer = setTimeout(show, GATHER);
}

function listen(address, tell) {
  const source = new EventSource(address);
  let lost = false;
  source.addEventListener("changed", (event) => tell(JSON.parse(event.data).area));
  source.addEventListener("error", () => (lost = true));
  source.addEventListener("open", () => {
    if (lost) tell("*"); // what happened meanwhile was not heard
    lost = false;
  });
}

export function start() {
  const address = liveAddress();
  document.addEventListener("visibilitychange", show);
  if (!address) return;
  if (!navigator.locks) {
    listen(address, changed); // locks exist on https and localhost only
    return;
  }
  const channel = new BroadcastChannel("daybook.live");
  channel.addEventListener("message", (event) => changed(event.data));
  navigator.locks.request("daybook.live", () => {
    listen(address, (area) => {
      channel.postMessage(area);
      changed(area);
    });
    return new Promise(() => {}); // until this tab closes
  });
}
