const { performance } = require('node:perf_hooks');

/**
 * How fast a bus is: so many messages, a window of them unconfirmed, until the last was handled. The clock starts after a warm-up.
 * A bus is `open({ url, window, prefetch, onMessage })` → `{ publish(index), close() }`; `publish` resolves on the broker's confirm.
 */
async function throughput(open, { url, warmup, count, window, prefetch }) {
  let handled = 0;
  let goal = Number.POSITIVE_INFINITY;
  let reached = () => {};
  const bus = await open({
    url,
    window,
    prefetch,
    onMessage: () => {
      handled += 1;
      if (handled === goal) reached();
    },
  });
  const run = async (from, to) => {
    const done = new Promise((resolve) => {
      reached = resolve;
      goal = to;
    });
    let next = from;
    const lane = async () => {
      while (next < to) await bus.publish(next++);
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: window }, lane));
    const published = performance.now();
    await done;
    return { total: performance.now() - start, publishing: published - start };
  };
  await run(0, warmup);
  const before = process.cpuUsage();
  const { total, publishing } = await run(warmup, warmup + count);
  const { user, system } = process.cpuUsage(before);
  await bus.close();
  return { perSecond: (count / total) * 1000, published: (count / publishing) * 1000, cpu: (user + system) / count };
}

/** How long a message takes from `publish` to its handler, at a steady rate far below what the bus can. */
async function latency(open, { url, rate, count, window, prefetch }) {
  const sent = [];
  const took = [];
  let finished = () => {};
  const warmup = rate;
  const done = new Promise((resolve) => {
    finished = resolve;
  });
  const bus = await open({
    url,
    window,
    prefetch,
    onMessage: (index) => {
      if (index >= warmup) took.push(performance.now() - sent[index]);
      if (took.length === count) finished();
    },
  });
  const start = performance.now();
  const publishes = [];
  for (let index = 0; index < warmup + count; index++) {
    const due = start + (index * 1000) / rate - performance.now();
    if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    sent[index] = performance.now();
    publishes.push(bus.publish(index));
  }
  await Promise.all(publishes);
  await done;
  await bus.close();
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(count / 2)], p99: took[Math.floor(count * 0.99)] };
}

module.exports = { throughput, latency };
