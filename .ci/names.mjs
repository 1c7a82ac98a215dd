// Reads on standard input what the server logged when the app stopped in a browser, and prints it with the names of the
// functions. The bundle in dist/pkg has to be the one that the browser had.
import { existsSync, readFileSync } from 'node:fs';

const text = readFileSync(0, 'utf8');
const named = (all, module, number) => {
  const file = new URL(`../dist/pkg/${module}.names`, import.meta.url);
  if (!existsSync(file)) return all;
  return readFileSync(file, 'utf8').match(new RegExp(`^${number}:(.*)$`, 'm'))?.[1] ?? all;
};
console.log(text.replace(/\S*?([\w-]+\.wasm):wasm-function\[(\d+)\]:0x[0-9a-f]+/g, named));
