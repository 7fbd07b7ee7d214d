// One measurement in a process of its own: node run.cjs NAME VARIANT '{…}'; the result is one line of JSON.
const { latency, throughput } = require('./measure.cjs');

const [name, variant, text] = process.argv.slice(2);
const options = JSON.parse(text);
const measured = {
  bus: () => throughput(require(`./variants/${variant}.cjs`), options),
  latency: () => latency(require(`./variants/${variant}.cjs`), options),
  delivery: () => require('./delivery.cjs')[variant](options),
  'delivery-workers': () => require('./delivery.cjs')[variant](options),
  'full-path': () => require('./full-path.cjs')[variant](options),
};

measured[name]().then(
  (result) => {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exit(0);
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
