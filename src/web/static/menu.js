// Menus are popovers of the browser; this only puts them beside the button that opens them.

export function start() {
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.newState !== "open" || !event.target.matches(".db-menu, .db-pop")) return;
      const opener = document.querySelector(`[popovertarget="${CSS.escape(event.target.id)}"]`);
      if (!opener) return;
      opener.scrollIntoView({ block: "nearest" }); // a shortcut opens it from anywhere on the page
      const button = opener.getBoundingClientRect();
      const menu = event.target.getBoundingClientRect();
      const below = button.bottom + 4 + menu.height <= innerHeight;
      event.target.style.left = `${Math.max(8, Math.min(button.left, innerWidth - menu.width - 8))}px`;
      event.target.style.top = `${below ? button.bottom + 4 : Math.max(8, button.top - 4 - menu.height)}px`;
      event.target.querySelector("a, button, input:not([type=hidden]), select")?.focus({ preventScroll: true });
    },
    true,
  );
}
