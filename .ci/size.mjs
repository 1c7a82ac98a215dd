// The files of a first load as sent, beside the budget: what an operator opens, and the app with each of its parts.
import { readFileSync, statSync } from 'node:fs';

const folder = new URL('../dist/pkg/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const size = (name) => statSync(new URL(`${name}.br`, folder)).size;
const sum = (names) => [...new Set(names)].map(size).reduce((all, one) => all + one, 0);

const main = [...new Set(read('index.html').match(/(?<=\/pkg\/)[\w.-]+\.(?:wasm|js|css|svg)/g))];
const parts = JSON.parse(read('parts.json'));
for (const name of new Set([...main, ...Object.values(parts).flat()])) console.log(`${String(size(name)).padStart(9)}  ${name}`);

// The ceiling of a load is what it weighed at last, with either standard library; it may only go down, until it meets the budget.
const loads = [
  ['an operator opens the app', main, 300_000, 368_000],
  ['the app with watching', [...main, ...parts.watching], 300_000, 514_000],
  ...Object.entries(parts)
    .filter(([part]) => part !== 'watching')
    .map(([part, files]) => [`the app with ${part}`, [...main, ...files], 400_000, 452_000]),
];
for (const [name, files, budget, ceiling] of loads) {
  const weight = sum(files);
  console.log(`${String(weight).padStart(9)}  of ${budget}: ${name}${weight > budget ? `, OVER; ceiling ${ceiling}` : ''}`);
  if (weight > ceiling) process.exitCode = 1;
}
console.log(`${String(sum([...main, ...Object.values(parts).flat()])).padStart(9)}  all parts, which no first load fetches`);
