// What is changed in a WebAssembly module before `wasm-opt` makes it small, for `wasm-opt` has no pass for it.

/** What the tools have to allow: what the compiler uses. All at once would make a module that browsers refuse. */
export const features = `--enable-bulk-memory --enable-bulk-memory-opt --enable-call-indirect-overlong --enable-multivalue
  --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext`.split(/\s+/);

const CUSTOM = 0;
const IMPORTS = 2;
const EXPORTS = 7;
const DATA = 11;
const DATA_COUNT = 12;

/** Data that the program does not change, by the name that the linker gives. */
const CONSTANTS = '.rodata';
/** Among the names of a module, those of its data. */
const DATA_NAMES = 9;

/** Where a module that was merged imports from: see `passing`. */
export const PASSED = 'main';

/** Gives imports and exports other names: `renamed` holds them by the old ones. */
export function withNames(module, renamed) {
  const written = ({ name, start, nameStart, nameEnd, end }) => {
    const bytes = Buffer.from(renamed.get(name) ?? name);
    return [module.subarray(start, nameStart), encoded(bytes.length), bytes, module.subarray(nameEnd, end)];
  };
  module = replaced(module, IMPORTS, importsOf(module), written);
  return replaced(module, EXPORTS, exportsOf(module), written);
}

/**
 * A module that imports what these import that is no function, and exports it under the same names: in place of
 * where they import it from when they are merged, so that each thing is imported once.
 */
export function passing(modules) {
  const entries = modules.flatMap((module) => importsOf(module).map((entry) => ({ ...entry, module })));
  const things = new Map(entries.map((entry) => [entry.name, entry]));
  const kind = ({ module, nameEnd }) => module[nameEnd];
  if ([...things.values()].some((entry) => kind(entry) === 0)) throw new Error('a part imports a function');
  const text = (string) => [encoded(Buffer.byteLength(string)), Buffer.from(string)];
  const imported = [...things.values()].flatMap((entry) => [...text(PASSED), ...text(entry.name), entry.module.subarray(entry.nameEnd, entry.end)]);
  const seen = [0, 0, 0, 0];
  const exported = [...things.values()].flatMap((entry) => [...text(entry.name), Uint8Array.of(kind(entry)), encoded(seen[kind(entry)]++)]);
  const sections = [[IMPORTS, imported], [EXPORTS, exported]].flatMap(([id, content]) => {
    const bytes = Buffer.concat([encoded(things.size), ...content]);
    return [Uint8Array.of(id), encoded(bytes.length), bytes];
  });
  return Buffer.concat([Buffer.from('\0asm\x01\0\0\0', 'latin1'), ...sections]);
}

/** The names of what a module imports and exports. */
export function namesOf(module) {
  return [...importsOf(module), ...exportsOf(module)].map(({ name }) => name);
}

/** Takes away the exports that `unwanted` picks by their names; what only they used is then removed by `wasm-opt`. */
export function withoutExports(module, unwanted) {
  const kept = exportsOf(module).filter(({ name }) => !unwanted(name));
  return replaced(module, EXPORTS, kept, ({ start, end }) => [module.subarray(start, end)]);
}

/** Takes data away that the program may change; returns the module and the segments whose value is not zero. */
export function withoutState(module) {
  const [names, data] = [dataNamesOf(module), dataOf(module)];
  if (names.size !== data.length) throw new Error('data without names: nobody can tell what of it is changed');
  const entries = data.map((entry, index) => ({ ...entry, state: names.get(index) !== CONSTANTS }));
  const left = entries.filter(({ state }) => !state);
  const segments = entries.filter(({ state, content }) => state && content.some((byte) => byte !== 0));
  return { module: withSegments(module, left), segments: segments.map(({ bytes }) => bytes) };
}

/** Adds segments to the data of a module. */
export function withData(module, segments) {
  return withSegments(module, [...dataOf(module), ...segments.map((bytes) => ({ bytes }))]);
}

function withSegments(module, entries) {
  module = replaced(module, DATA, entries, ({ bytes }) => [bytes]);
  return sections(module).some(({ id }) => id === DATA_COUNT) ? withContent(module, DATA_COUNT, encoded(entries.length)) : module;
}

/** The active segments of data, each with its bytes as they stand in the module. */
function dataOf(module) {
  let { value: left, next } = number(module, section(module, DATA).start);
  const entries = [];
  for (; left > 0; left -= 1) {
    const start = next;
    // Into the first memory, at a place that is a number.
    if (module[start] !== 0 || module[start + 1] !== 0x41) throw new Error('a segment of data of an unknown kind');
    const place = number(module, start + 2).next;
    const { value: length, next: content } = number(module, place + 1);
    next = content + length;
    entries.push({ bytes: module.subarray(start, next), content: module.subarray(content, next) });
  }
  return entries;
}

/** The names of segments of data, by their place. */
function dataNamesOf(module) {
  const names = new Map();
  for (const { id, start, end } of sections(module)) {
    if (id !== CUSTOM) continue;
    const { text, next: begin } = string(module, start);
    for (let at = begin; text === 'name' && at < end; ) {
      const { value: length, next: list } = number(module, at + 1);
      if (module[at] === DATA_NAMES) {
        let { value: left, next } = number(module, list);
        for (; left > 0; left -= 1) {
          const place = number(module, next);
          const name = string(module, place.next);
          names.set(place.value, name.text);
          next = name.next;
        }
      }
      at = list + length;
    }
  }
  return names;
}

function replaced(module, id, entries, written) {
  return withContent(module, id, Buffer.concat([encoded(entries.length), ...entries.flatMap(written)]));
}

function withContent(module, id, content) {
  const { header, end } = section(module, id);
  return Buffer.concat([module.subarray(0, header), Uint8Array.of(id), encoded(content.length), content, module.subarray(end)]);
}

function section(module, wanted) {
  const found = sections(module).find(({ id }) => id === wanted);
  if (!found) throw new Error(`the module has no section ${wanted}`);
  return found;
}

function sections(module) {
  const all = [];
  for (let header = 8; header < module.length; ) {
    const { value: length, next: start } = number(module, header + 1);
    all.push({ id: module[header], header, start, end: start + length });
    header = start + length;
  }
  return all;
}

function importsOf(module) {
  let { value: left, next } = number(module, section(module, IMPORTS).start);
  const imports = [];
  for (; left > 0; left -= 1) {
    const start = next;
    const nameStart = string(module, start).next;
    const { text: name, next: nameEnd } = string(module, nameStart);
    next = afterType(module, module[nameEnd], nameEnd + 1);
    imports.push({ name, start, nameStart, nameEnd, end: next });
  }
  return imports;
}

function exportsOf(module) {
  let { value: left, next } = number(module, section(module, EXPORTS).start);
  const exports = [];
  for (; left > 0; left -= 1) {
    const start = next;
    const { text: name, next: nameEnd } = string(module, start);
    next = number(module, nameEnd + 1).next;
    exports.push({ name, start, nameStart: start, nameEnd, end: next });
  }
  return exports;
}

/** Past the type of an import: a function's number, a table's element and limits, limits, or a global's type. */
function afterType(module, kind, at) {
  if (kind === 0) return number(module, at).next;
  if (kind === 3) return at + 2;
  const limits = kind === 1 ? at + 1 : at;
  const least = number(module, limits + 1).next;
  return module[limits] & 1 ? number(module, least).next : least;
}

function string(module, at) {
  const { value: length, next } = number(module, at);
  return { text: module.toString('utf8', next, next + length), next: next + length };
}

/** A number as WebAssembly writes it: seven bits to a byte, the lowest first. */
function number(module, at) {
  for (let value = 0, shift = 0; ; at += 1, shift += 7) {
    value += (module[at] & 0x7f) * 2 ** shift;
    if (module[at] < 0x80) return { value, next: at + 1 };
  }
}

function encoded(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return Uint8Array.from(bytes);
}
