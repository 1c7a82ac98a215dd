// `wasm-split-cli` makes a module of its own for whatever exactly these or those parts have in common: with some parts more than
// four hundred, most of them tiny. Here each part becomes one file with all that it needs beside the main part and the part it
// opens within. What several parts need is in each of them: one file is fetched sooner than twenty, and compresses better.
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSED, features, passing, withData, withoutExports, withoutState } from './wasm.mjs';

/** Parts that open within another one, which is here before them; `Section::parts` in the app says the same. */
const within = {
  arranging: 'tickets',
  composing: 'tickets',
  configuring: 'servers',
  editing: 'employees',
  employee: 'employees',
  importing: 'servers',
  replies: 'tickets',
  server: 'servers',
  ticket: 'tickets',
  ticketing: 'tickets',
};

/**
 * Puts the pieces in `work` together and writes that into the loader there; `main` is the main part's module. Returns the files
 * that each part needs, by its name. `run` starts a program.
 */
export function putTogether(work, main, run) {
  const path = join(work, '__wasm_split.js');
  const loader = readFileSync(path, 'utf8');
  const file = new Map([...loader.matchAll(/^const (__chunk_\d+) =[^;]*?"\.\/(\w+\.wasm)"/gms)].map((found) => found.slice(1)));
  const found = [...loader.matchAll(/^export const __wasm_split_load_(\w+) =.*?"\.\/(\w+\.wasm)".*?, \[([^\]]*)\]\)\);$/gms)];
  const needs = new Map(found.map(([, part, own, list]) => [part, [own, ...list.split(/,\s*/).filter(Boolean).map((name) => file.get(name))]]));
  const strange = Object.entries(within).flat().filter((part) => !needs.has(part));
  if (needs.size !== loader.match(/^export const __wasm_split_load_/gm)?.length || strange.length) {
    throw new Error(`parts are not what they are taken for: ${[...needs.keys()]}; ${strange}`);
  }
  const parts = [...needs.keys()].sort((one, other) => (one in within) - (other in within));

  const modules = [...new Set([...needs.values()].flat())];
  keepStateApart(main, modules.map((name) => join(work, name)));
  for (const part of parts) {
    const there = needs.get(within[part]) ?? [];
    merge(work, run, `part_${part}.wasm`, needs.get(part).filter((name) => !there.includes(name)));
  }
  for (const name of modules) unlinkSync(join(work, name));

  const entered = parts.map(
    (part) => `const ${part} = makeLoad(() => { const source = fetch(new URL("./part_${part}.wasm", import.meta.url)); source.catch(() => {});
     return async (imports) => WebAssembly.instantiateStreaming(source, imports); }, [${within[part] ?? ''}]);
     export const __wasm_split_load_${part} = wrapAsyncCb(${part});\n`,
  );
  // Modules that were merged know the main one by another name.
  const told = 'return sharedImports;';
  if (!loader.includes(told)) throw new Error('the loader does not hand out the main part as it did');
  const known = loader.replace(told, `return { ...sharedImports, ${PASSED}: sharedImports.__wasm_split };`);
  writeFileSync(path, known.slice(0, known.search(/^(\/\*|const __chunk_|export const)/m)) + entered.join(''));
  const files = (part) => (part ? [...files(within[part]), `part_${part}.wasm`] : []);
  return new Map(parts.map((part) => [part, files(part)]));
}

/** A module sets up the data it holds whenever it is loaded. What the program changes is set up once, with the main part. */
function keepStateApart(main, paths) {
  const state = paths.flatMap((path) => {
    const { module, segments } = withoutState(readFileSync(path));
    writeFileSync(path, module);
    return segments;
  });
  writeFileSync(main, withData(readFileSync(main), state));
}

/** One module of several, which import the main module's memory and table once and not each for itself. */
function merge(work, run, into, modules) {
  const [main, out] = [join(work, 'main.wasm'), join(work, into)];
  const contents = modules.map((name) => readFileSync(join(work, name)));
  writeFileSync(main, passing(contents));
  const named = modules.flatMap((name) => [join(work, name), name]);
  run('wasm-merge', ...features, '-g', main, '__wasm_split', ...named, '--rename-export-conflicts', '-o', out);
  writeFileSync(out, withoutExports(readFileSync(out), () => true));
  unlinkSync(main);
}
