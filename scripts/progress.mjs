/** @param {string} line */
export const say = (line) => process.stderr.write(`${line}\n`);

/**
 * One line per step, with the time that it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export async function step(title, action) {
  const begun = Date.now();
  /** @param {string} sign */
  const line = (sign) => say(`${sign} ${title.padEnd(14)}${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s`);
  try {
    const result = await action();
    line('✓');
    return result;
  } catch (error) {
    line('✗');
    throw error;
  }
}
