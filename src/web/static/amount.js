// Amounts as an accountant types them: `96,20+46` is worked out, `96.20` and `96,20` are the same, and the field shows `96,20` on leaving.
// Worked out in millionths, as whole numbers: no cent is lost to binary fractions.

const MICRO = 1_000_000n;

/** A number as typed → millionths, or null. A comma is decimal; a single point is too when one or two digits follow. */
function read(text) {
  let digits = text;
  if (digits.includes(",")) digits = digits.replaceAll(".", "").replace(",", ".");
  else if (!/^\d*\.\d{1,2}$/.test(digits)) digits = digits.replaceAll(".", "");
  const [, whole, part = ""] = /^(\d*)(?:\.(\d*))?$/.exec(digits) ?? [];
  if (whole === undefined || whole + part === "") return null;
  return BigInt(whole || "0") * MICRO + BigInt(part.slice(0, 6).padEnd(6, "0"));
}

const rounded = (top, bottom) => {
  const half = (bottom < 0n ? -bottom : bottom) / 2n;
  return (top < 0n !== bottom < 0n ? top - (top < 0n ? half : -half) : top + (top < 0n ? -half : half)) / bottom;
};

/** A calculation → cents as BigInt, or null when it is not one. Knows + - * / % and brackets; `100+21%` adds 21 % of what stands before. */
export function evaluate(text) {
  const tokens = text.replace(/[\s\u00a0€]/g, "").replace(/[×x]/g, "*").replace(/[:÷]/g, "/").replace(/−/g, "-").match(/[\d.,]+|[-+*/()%]|./g) ?? [];
  let at = 0;
  const factor = () => {
    const token = tokens[at++];
    if (token === "-") return -factor();
    if (token === "+") return factor();
    if (token === "(") {
      const inner = sum();
      if (tokens[at++] !== ")") throw new SyntaxError(text);
      return inner;
    }
    const value = token === undefined ? null : read(token);
    if (value === null) throw new SyntaxError(text);
    return value;
  };
  const percent = () => {
    let value = factor();
    const alone = tokens[at] === "%";
    for (; tokens[at] === "%"; at++) value = rounded(value, 100n);
    return [value, alone];
  };
  const product = () => {
    let [value, alone] = percent();
    while (tokens[at] === "*" || tokens[at] === "/") {
      value = tokens[at++] === "*" ? rounded(value * percent()[0], MICRO) : rounded(value * MICRO, percent()[0]);
      alone = false;
    }
    return [value, alone];
  };
  const sum = () => {
    let [value] = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      const sign = tokens[at++] === "+" ? 1n : -1n;
      const [term, alone] = product();
      value += sign * (alone ? rounded(value * term, MICRO) : term);
    }
    return value;
  };
  try {
    const value = sum();
    return at === tokens.length ? rounded(value, MICRO / 100n) : null;
  } catch {
    return null; // not a calculation, or a division by zero
  }
}

/** Cents → `1.234,56`. */
export function format(cents) {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${digits.slice(-2)}`;
}

const isCalculation = (text) => /\d\s*([-+*/×x:÷(]\s*[\d(-]|%)/.test(text);

function bubble(field) {
  const old = field.parentElement.querySelector(".calc");
  const value = isCalculation(field.value) ? evaluate(field.value) : null;
  if (value === null) {
    old?.remove();
    return;
  }
  const shown = old ?? document.createElement("span");
  const key = document.createElement("kbd");
  key.textContent = "Enter";
  shown.className = "calc";
  shown.setAttribute("role", "status");
  shown.replaceChildren(`= ${format(value)} `, key);
  if (!old) field.after(shown);
}

function settle(field) {
  field.parentElement.querySelector(".calc")?.remove();
  const value = evaluate(field.value);
  if (value === null || format(value) === field.value) return;
  field.value = format(value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function start() {
  const amount = (event) => (event.target.matches?.("input[data-kind=amount]:not([readonly])") ? event.target : null);
  document.addEventListener("input", (event) => amount(event) && bubble(event.target));
  document.addEventListener("focusout", (event) => amount(event) && settle(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !amount(event) || !isCalculation(event.target.value)) return;
    event.preventDefault();
    settle(event.target);
  });
}
