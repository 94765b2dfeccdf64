// What a user likes, kept in this browser: pane widths, zoom, whether single letters are shortcuts.

const PREFIX = "daybook.";

export function get(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function set(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing still works
  }
}

export function start() {
  for (const box of document.querySelectorAll("input[type=checkbox][data-preference]")) {
    box.checked = get(box.dataset.preference, box.checked);
    box.addEventListener("change", () => set(box.dataset.preference, box.checked));
  }
}
