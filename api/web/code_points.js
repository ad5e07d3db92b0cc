// The server counts code points, strings here count UTF-16 units.

/**
 * Return the UTF-16 place of a code point offset.
 *
 * @param {string} text
 * @param {number} offset code points from the start.
 */
export function unitsOf(text, offset) {
  let units = 0;
  for (let points = 0; points < offset && units < text.length; points += 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Return how many code points a string has. */
export function lengthInPoints(text) {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}
