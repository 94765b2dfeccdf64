// Uploads: drop files on a mailbox or on its list, or choose them. Three at a time; each has its own row with progress, its own key (so a
// repeat after a lost connection makes no second document), and its own refusal: the others go on.

import { changed } from "./live.js";
import { csrfToken, t, tn } from "./texts.js";

const TOGETHER = 3;
const LONGEST_WAIT = 30_000;
const LOST = [0, 502, 503, 504];
const queue = [];
let running = 0;
let all = [];

const panel = () => document.querySelector("[data-uploads]");

function uploadId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;
}

/** Send files to an address; `name` is the mailbox as the user knows it, `area` what to refresh when one has arrived. */
export function send(files, address, name, area = "") {
  const place = panel();
  if (!place || !files.length) return;
  if (place.hidden) all = [];
  place.hidden = false;
  for (const file of files) {
    const row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-name]").textContent = file.name;
    row.querySelector("[data-size]").textContent = size(file.size);
    row.querySelector("progress").setAttribute("aria-label", file.name);
    place.querySelector("tbody").append(row);
    const upload = { file, address, area, row, key: uploadId(), state: "waiting", attempt: 0 };
    row.querySelector("[data-stop]").addEventListener("click", () => stop(upload));
    say(upload, t("wacht"));
    all.push(upload);
    queue.push(upload);
  }
  place.querySelector("[data-uploads-title]").textContent = tn("{n} bestand naar {name}", "{n} bestanden naar {name}", all.length, { name });
  work();
}

function work() {
  while (running < TOGETHER && queue.length) {
    running += 1;
    transmit(queue.shift());
  }
  summary();
}

function transmit(upload) {
  const request = new XMLHttpRequest();
  upload.request = request;
  upload.state = "running";
  upload.since = performance.now();
  request.open("POST", upload.address);
  request.setRequestHeader("Idempotency-Key", upload.key);
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(upload, event));
  request.addEventListener("loadend", () => answered(upload));
  const form = new FormData();
  form.append("file", upload.file);
  request.send(form);
}

function progress(upload, { loaded, total }) {
  const percent = Math.round((loaded / total) * 100);
  const rest = Math.ceil(((performance.now() - upload.since) / loaded) * (total - loaded) / 1000);
  upload.row.querySelector("progress").value = percent;
  say(upload, percent < 100 ? t("{percent} % · nog {rest} s", { percent, rest }) : t("wordt nagekeken"));
}

function answered(upload) {
  const { status } = upload.request;
  if (upload.state === "stopped") {
    finish(upload);
  } else if (LOST.includes(status)) {
    retry(upload);
  } else if (status >= 200 && status < 300) {
    upload.state = "done";
    const bar = upload.row.querySelector("progress");
    bar.value = 100;
    bar.classList.add("is-ok");
    badge(upload, "ok", "circle-check", t("Ontvangen"));
    if (upload.area) changed(upload.area);
    finish(upload);
  } else {
    refuse(upload, reason(upload.request));
    finish(upload);
  }
}

/** Why not, as a whole sentence: the server's own, else ours. */
function reason(request) {
  const tooLarge = request.status === 413;
  try {
    return JSON.parse(request.responseText).detail || t("Niet toegevoegd: het bestand werd geweigerd.");
  } catch {
    return tooLarge ? t("Niet toegevoegd: het bestand is te groot.") : t("Niet toegevoegd: het bestand werd geweigerd.");
  }
}

function retry(upload) {
  upload.state = "lost";
  const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** upload.attempt++);
  say(upload, t("Geen verbinding. Gaat straks vanzelf verder."));
  summary();
  const again = () => {
    clearTimeout(timer);
    removeEventListener("online", again);
    if (upload.state === "lost") transmit(upload);
  };
  const timer = setTimeout(again, wait);
  addEventListener("online", again);
}

function stop(upload) {
  const place = queue.indexOf(upload);
  if (place >= 0) queue.splice(place, 1);
  const wasRunning = upload.state === "running";
  const wasLost = upload.state === "lost";
  upload.state = "stopped";
  say(upload, t("gestopt"));
  upload.row.querySelector("[data-stop]").remove();
  if (wasRunning) upload.request.abort();
  else if (wasLost) finish(upload);
  else summary();
}

function finish(upload) {
  running -= 1;
  upload.row.querySelector("[data-stop]")?.remove();
  work();
}

function refuse(upload, why) {
  upload.state = "refused";
  const cell = upload.row.querySelector("[data-state]");
  const bar = upload.row.querySelector("progress").parentElement;
  bar.remove();
  cell.colSpan = 2;
  const words = document.createElement("span");
  words.className = "neg";
  words.setAttribute("role", "alert");
  words.append(symbol("alert-circle", "s14"), ` ${why}`);
  cell.replaceChildren(words);
}

function symbol(name, cls = "") {
  const mark = document.createElement("i");
  mark.className = `ti ti-${name} ${cls}`;
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function badge(upload, kind, name, words) {
  const mark = document.createElement("span");
  mark.className = `st st-${kind}`;
  mark.append(symbol(name), words);
  upload.row.querySelector("[data-state]").replaceChildren(mark);
}

const say = (upload, words) => (upload.row.querySelector("[data-state]").textContent = words);

function summary() {
  const count = (...states) => all.filter((upload) => states.includes(upload.state)).length;
  const parts = [
    [count("done"), t("klaar")],
    [count("running", "waiting", "lost"), t("bezig")],
    [count("refused"), t("geweigerd")],
    [count("stopped"), t("gestopt")],
  ];
  const status = panel()?.querySelector("[data-uploads-status]");
  if (status) status.textContent = parts.filter(([n]) => n).map(([n, words]) => `${n} ${words}`).join(", ");
}

function zones() {
  let over = null;
  const leave = () => {
    over?.classList.remove("is-over", "db-over");
    const hint = over?.querySelector("[data-drop-hint]");
    if (hint?.dataset.text) hint.textContent = hint.dataset.text;
    over = null;
  };
  const enter = (zone, n) => {
    if (zone === over) return;
    leave();
    over = zone;
    zone.classList.add(zone.matches(".tile") ? "is-over" : "db-over");
    const hint = zone.querySelector("[data-drop-hint]");
    if (!hint) return;
    hint.dataset.text ??= hint.textContent;
    hint.textContent = tn("Loslaten om {n} bestand toe te voegen", "Loslaten om {n} bestanden toe te voegen", n);
  };
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // dropped elsewhere the browser would open the file and leave the page
    const zone = event.target.closest?.("[data-drop]");
    event.dataTransfer.dropEffect = zone ? "copy" : "none";
    if (zone) enter(zone, event.dataTransfer.items.length);
    else leave();
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || leave());
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const zone = event.target.closest?.("[data-drop]");
    leave();
    if (zone) send([...event.dataTransfer.files], zone.dataset.drop, zone.dataset.dropName ?? "", zone.dataset.dropArea);
  });
}

export function start() {
  zones();
  let chosen = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-upload]");
    if (button) {
      chosen = button.dataset;
      panel()?.querySelector("[data-uploads-picker]").click();
    }
    if (event.target.closest("[data-uploads-close]")) {
      panel().querySelector("tbody").replaceChildren();
      panel().hidden = true;
      all = all.filter((upload) => ["running", "waiting", "lost"].includes(upload.state));
    }
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-uploads-picker]")) return;
    send([...event.target.files], chosen.upload, chosen.dropName ?? "", chosen.dropArea);
    event.target.value = "";
  });
  addEventListener("beforeunload", (event) => {
    if (running) event.preventDefault();
  });
}
