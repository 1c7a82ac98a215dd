// The files of a first load as sent, beside the budget: what an operator opens, and the app with each of its parts.
import { readFileSync, statSync } from 'node:fs';

const folder = new URL('../dist/pkg/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const size = (name) => statSync(new URL(`${name}.br`, folder)).size;
const sum = (names) => [...new Set(names)].map(size).reduce((all, one) => all + one, 0);

const main = [...new Set(read('index.html').match(/(?<=\/pkg\/)[\w.-]+\.(?:wasm|js|css|svg)/g))];
const parts = JSON.parse(read('parts.json'));
for (const name of new Set([...main, ...Object.values(parts).flat()])) console.log(`${String(size(name)).padStart(9)}  ${name}`);

// What is over its budget has a ceiling: a few kB above what it weighed at last, for compilers differ (1.95 makes up to 6 kB more
// than 1.96). What opens beside a list comes with the list.
const ceilings = {
  servers: 306_000,
  server: 404_000,
  configuring: 409_000,
  employee: 327_000,
  editing: 358_000,
  ticket: 344_000,
  ticketing: 347_000,
  composing: 346_000,
  replies: 345_000,
};
const administrators = ['administration', 'arranging', 'configuring', 'importing'];
const loads = [['', []], ...Object.entries(parts)].map(([part, files]) => {
  const budget = administrators.includes(part) ? 400_000 : 300_000;
  return [part ? `the app with ${part}` : 'an operator opens the app', [...main, ...files], budget, ceilings[part] ?? budget];
});
for (const [name, files, budget, ceiling] of loads) {
  const weight = sum(files);
  console.log(`${String(weight).padStart(9)}  of ${budget}: ${name}${weight > budget ? `, OVER; ceiling ${ceiling}` : ''}`);
  if (weight > ceiling) process.exitCode = 1;
}
console.log(`${String(sum([...main, ...Object.values(parts).flat()])).padStart(9)}  all parts, which no first load fetches`);
