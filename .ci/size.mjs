// The files of a first load, as sent: their sum beside the budget. The ceiling is what it weighed at last; it may only go
// down, until it meets the budget.
import { readFileSync, readdirSync, statSync } from 'node:fs';

const budget = 300_000;
const ceiling = 410_000;
const folder = new URL('../dist/pkg/', import.meta.url);
const index = readFileSync(new URL('index.html', folder), 'utf8');
let sum = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith('.br'))) {
  if (!index.includes(name.slice(0, -3))) continue;
  const { size } = statSync(new URL(name, folder));
  console.log(`${String(size).padStart(9)}  ${name}`);
  sum += size;
}
if (sum === 0) throw new Error('dist/pkg holds no compressed file that index.html names');
console.log(`${String(sum).padStart(9)}  budget ${budget}${sum > budget ? ', OVER' : ''}, ceiling ${ceiling}`);
if (sum > ceiling) process.exit(1);
