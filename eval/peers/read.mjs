// Runs in node with the packages of .venv-peers: like read.py, for Recognizers-Text as its makers last released it.
// node read.mjs ENVIRONMENT < job; the job and the rows are those of read.py, offsets are UTF-16 units.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const NAME = "@microsoft/recognizers-text-suite";
const require = createRequire(join(process.argv[2], "packages.js"));
const suite = require(NAME);
const { version } = require(`${NAME}/package.json`);
const QUANTITIES = ["Currency", "Dimension", "Temperature", "Percentage"].map((name) => suite[`recognize${name}`]);
const WARM_UP = ["Trade rose 5 percent to $2 billion in May 2024.", "2024-06-07"];

function quantities(text) {
  return QUANTITIES.flatMap((recognize) => recognize(text, "en-us"))
    .filter(({ resolution }) => resolution.value !== null)
    .map(({ start, end, resolution: { value, unit, isoCurrency } }) =>
      [start, end + 1, parseFloat(value), isoCurrency ?? unit ?? "percent"]);
}

function times(text, day) {
  const reference = new Date(`${day}T00:00:00`);
  return [...text.matchAll(/[^\n]+?(?:[.!?]+(?=\s)|$|(?=\n))/g)].flatMap(({ index, 0: sentence }) =>
    suite.recognizeDateTime(sentence, "en-us", undefined, reference).flatMap(({ start, end, resolution }) => {
      const spans = (resolution?.values ?? []).map(span).filter(Boolean);
      const best = spans.find(([first, last]) => first === day && last === day) ?? spans[0];
      return best ? [[index + start, index + end + 1, ...best]] : [];
    }));
}

function span({ type, value, start, end }) {
  if (type === "date" && value) return [value, value];
  if (type !== "daterange" || !start || !end) return null;
  const last = new Date(`${end}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  return [start, last.toISOString().slice(0, 10)];
}

const job = JSON.parse(readFileSync(0, "utf8"));
for (const [layer, reader] of Object.entries({ quantities, times })) {
  reader(...WARM_UP);
  const chosen = job.filter(([, , timed]) => timed || layer === "quantities");
  const started = process.cpuUsage();
  const found = chosen.map(([text, day]) => reader(text, day));
  const { user, system } = process.cpuUsage(started);
  console.log(JSON.stringify({ name: "recognizers npm", layer, version, found, seconds: (user + system) / 1e6 }));
}
