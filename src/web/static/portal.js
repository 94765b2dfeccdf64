// What the client's screens have of their own: B on the row with the cursor, a photo as an upload.

import { act } from "./keyboard.js";
import { send } from "./upload.js";

/** B: the selection, or with nothing selected the row with the cursor; pressed again it takes the mark away. */
function handled() {
  const bar = document.querySelector("[data-bulk].has-selection");
  const button = bar?.querySelector("button[value=handled]:enabled") ?? bar?.querySelector("button[value=unhandled]:enabled");
  const box = bar ? null : document.querySelector("[data-list] tr.is-cur [data-handled]");
  if (!button && !box) return false;
  (button ?? box).click();
}

/** Without its picture a document shows the icon that is under it. */
function dropBroken() {
  for (const picture of document.querySelectorAll(".ph-i img")) if (picture.complete && !picture.naturalWidth) picture.remove();
}

export function start() {
  dropBroken();
  document.addEventListener("error", (event) => event.target.matches?.(".ph-i img") && event.target.remove(), true); // errors do not bubble
  if (document.querySelector("[data-bulk] button[value=handled]")) act("handled", handled);
  if (matchMedia("(max-width: 600px)").matches) document.querySelector("details.filters")?.removeAttribute("open");
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-photo]")) return;
    const { photo, dropName, dropArea } = event.target.dataset;
    send([...event.target.files], photo, dropName, dropArea);
    event.target.value = "";
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const box of document.querySelectorAll("[data-handled]")) box.checked = box.defaultChecked; // what the server says, whatever was clicked
  });
}
