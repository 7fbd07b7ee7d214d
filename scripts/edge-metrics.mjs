/**
 * The metrics of many processes as one text; each series names its process. One that does not answer is left out.
 * @param {Record<string, string>} all address of every process by its name
 * @param {(url: string) => Promise<string>} ask
 * @returns {Promise<string>}
 */
export async function gatherMetrics(all, ask) {
  /** Series by the two lines that head them: the format wants a metric in one piece. @type {Map<string, string[]>} */
  const metrics = new Map();
  for (const [name, url] of Object.entries(all)) {
    const text = await ask(`${url}/metrics`).catch(() => '');
    for (const block of text.trim().split(/\n+(?=# HELP )/)) {
      const lines = block.split('\n').filter(Boolean);
      const head = lines.filter((line) => line.startsWith('#')).join('\n');
      const series = lines.filter((line) => !line.startsWith('#')).map((line) => named(line, name));
      if (head) metrics.set(head, [...(metrics.get(head) ?? []), ...series]);
    }
  }
  return [...metrics].map(([head, series]) => `${[head, ...series].join('\n')}\n`).join('\n');
}

/** @param {string} line @param {string} name @returns {string} */
const named = (line, name) =>
  line.replace(/^([\w:]+)(\{)?/, (_, metric, labelled) => `${metric}{process="${name}"${labelled ? ',' : '}'}`);
