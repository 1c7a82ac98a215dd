// `wasm-split-cli` makes a module of its own for whatever exactly these or those parts have in common: with eight parts more
// than a hundred, most of them tiny. Here they become a few.
import { readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSED, features, passing, withoutExports } from './wasm.mjs';

// What a file more costs whoever fetches it, in bytes before it is made small: its beginning, and a fifth of the smaller of
// two files, for little compresses badly.
const FILE = 20_000;
const APART = 0.2;

/**
 * Puts the pieces in `work` together and writes that into the loader there. Returns the files that each part needs, by its
 * name. `run` starts a program.
 */
export function putTogether(work, run) {
  const path = join(work, '__wasm_split.js');
  const loader = readFileSync(path, 'utf8');
  const file = new Map([...loader.matchAll(/^const (__chunk_\d+) =[^;]*?"\.\/(\w+\.wasm)"/gms)].map((found) => found.slice(1)));
  const part = /^(export const __wasm_split_load_(\w+) =.*?, \[)([^\]]*)(\]\)\);)$/gms;
  const needs = new Map([...loader.matchAll(part)].map(([, , name, list]) => [name, list.split(/,\s*/).filter(Boolean)]));
  const pieces = [...file].map(([name, module]) => ({
    modules: [module],
    parts: [...needs].filter(([, list]) => list.includes(name)).map(([part]) => part),
    size: statSync(join(work, module)).size,
  }));
  const groups = grouped(pieces).map(({ modules, parts }, index) => ({ name: `shared_${index}`, modules, parts }));
  for (const { name, modules } of groups) merge(work, run, `${name}.wasm`, modules);

  const of = (part) => groups.filter(({ parts }) => parts.includes(part)).map(({ name }) => name);
  const fetched = ({ name }) =>
    `const ${name} = makeLoad(() => { const source = fetch(new URL("./${name}.wasm", import.meta.url)); source.catch(() => {});
     return async (imports) => WebAssembly.instantiateStreaming(source, imports); }, []);\n`;
  // Modules that were merged know the main one by another name.
  const known = loader.replace('return sharedImports;', `return { ...sharedImports, ${PASSED}: sharedImports.__wasm_split };`);
  const parts = known.replace(/^const __chunk_\d+ = makeLoad.*?\n, \[\]\);$/gms, '');
  const first = parts.search(part);
  const last = parts.slice(first).replace(part, (_, begin, name, list, end) => begin + of(name).join(', ') + end);
  writeFileSync(path, parts.slice(0, first) + groups.map(fetched).join('') + last);
  const own = (name) => last.match(new RegExp(`load_${name} =[^;]*?"\\./(\\w+\\.wasm)"`))?.[1];
  return new Map([...needs.keys()].map((name) => [name, [...of(name).map((group) => `${group}.wasm`), own(name)].filter(Boolean)]));
}

/** Joins two pieces as long as those who fetch them gain by it. */
function grouped(pieces) {
  for (;;) {
    let best = { cost: 0 };
    for (const [index, one] of pieces.entries()) {
      for (const other of pieces.slice(index + 1)) {
        const both = one.parts.filter((part) => other.parts.includes(part)).length;
        const inVain = one.size * (other.parts.length - both) + other.size * (one.parts.length - both);
        const cost = inVain - both * (FILE + APART * Math.min(one.size, other.size));
        if (cost < best.cost) best = { cost, one, other };
      }
    }
    if (!best.one) return pieces;
    const { one, other } = best;
    const joined = { modules: [...one.modules, ...other.modules], parts: [...new Set([...one.parts, ...other.parts])], size: one.size + other.size };
    pieces = [...pieces.filter((piece) => piece !== one && piece !== other), joined];
  }
}

/** One module of several, which import the main module's memory and table once and not each for itself. */
function merge(work, run, into, modules) {
  const [main, out] = [join(work, 'main.wasm'), join(work, into)];
  const contents = modules.map((name) => readFileSync(join(work, name)));
  writeFileSync(main, passing(contents));
  const named = modules.flatMap((name) => [join(work, name), name]);
  run('wasm-merge', ...features, '-g', main, '__wasm_split', ...named, '--rename-export-conflicts', '-o', out);
  writeFileSync(out, withoutExports(readFileSync(out), () => true));
  for (const name of [main, ...modules.map((name) => join(work, name))]) unlinkSync(name);
}
