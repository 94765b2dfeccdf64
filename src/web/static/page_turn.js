// Pages that are turned while somebody looks at them: where a box of the page then lies, and which way up a page wants to be.

const TALL = 1.5;
const MOST = 0.6;
const LONG = 4; // letters: shorter words are as tall as they are wide

/** A box in points of the page as it came, where it lies when the page is turned clockwise by `turn` degrees. */
export function turnBox({ left, top, right, bottom }, turn, { width, height }) {
  if (turn === 90) return { left: height - bottom, top: left, right: height - top, bottom: right };
  if (turn === 180) return { left: width - right, top: height - bottom, right: width - left, bottom: height - top };
  if (turn === 270) return { left: top, top: width - right, right: bottom, bottom: width - left };
  return { left, top, right, bottom };
}

/** The other way: a box on the turned page, in points of the page as it came. */
export function unturnBox(box, turn, { width, height }) {
  const lies = turn % 180 !== 0;
  return turnBox(box, (360 - turn) % 360, lies ? { width: height, height: width } : { width, height });
}

/** How far a page has to be turned for its words to be read: those of a photo taken sideways are tall, and go down or up the page. */
export function uprightTurn(words) {
  const long = words.filter(([text]) => text.length >= LONG).map(([, [left, top, right, bottom]]) => ({ left, top, right, bottom }));
  if (long.length < LONG) return 0;
  const tall = long.filter((box) => box.bottom - box.top > TALL * (box.right - box.left)).length > MOST * long.length;
  const [from, to, along] = tall ? ["left", "right", "top"] : ["top", "bottom", "left"];
  let forth = 0;
  for (const [place, box] of long.slice(1).entries()) {
    const before = long[place];
    if (box[from] < before[to] && before[from] < box[to]) forth += Math.sign(box[along] - before[along]);
  }
  if (tall) return forth < 0 ? 90 : 270;
  return forth < 0 && -forth > MOST * long.length * 0.5 ? 180 : 0;
}
