// What is left out of a WebAssembly module before `wasm-opt` makes it small, for no optimiser can know it.

const IMPORTS = 2;
const CODE = 10;
const CUSTOM = 0;
/** `unreachable`, and the end of a body without variables. */
const NEVER = Uint8Array.of(3, 0, 0, 0x0b);

/**
 * Empties the functions whose name contains `text`. They stay where tables name them, and stop the module if they are ever
 * called; what only they used is removed by `wasm-opt`. `module` has to carry its names.
 */
export function emptied(module, text) {
  const sections = sectionsOf(module);
  const names = namesOf(module, sections);
  const imported = importsOf(module, sections).filter(({ kind }) => kind === 0).length;
  let count = 0;
  const code = sections.find(({ id }) => id === CODE);
  if (!code) return { module, count };
  let { value: functions, next } = number(module, code.start);
  const parts = [encoded(functions)];
  for (let index = 0; index < functions; index += 1) {
    const body = number(module, next);
    const end = body.next + body.value;
    const empty = names.get(imported + index)?.includes(text) ?? false;
    parts.push(empty ? NEVER : module.subarray(next, end));
    count += Number(empty);
    next = end;
  }
  return { module: replaced(module, code, parts), count };
}

/** Gives imports other names, of which `renamed` holds all by the old ones. */
export function withImports(module, renamed) {
  const sections = sectionsOf(module);
  const section = sections.find(({ id }) => id === IMPORTS);
  const all = importsOf(module, sections);
  const parts = [encoded(all.length)];
  for (const { name, start, nameStart, nameEnd, end } of all) {
    const bytes = Buffer.from(renamed.get(name) ?? name);
    parts.push(module.subarray(start, nameStart), encoded(bytes.length), bytes, module.subarray(nameEnd, end));
  }
  return replaced(module, section, parts);
}

/** The names of what a module imports. */
export function importNames(module) {
  return importsOf(module, sectionsOf(module)).map(({ name }) => name);
}

function replaced(module, { header, id, end }, parts) {
  const content = Buffer.concat(parts);
  return Buffer.concat([module.subarray(0, header), Uint8Array.of(id), encoded(content.length), content, module.subarray(end)]);
}

function sectionsOf(module) {
  const sections = [];
  for (let at = 8; at < module.length; ) {
    const { value: length, next: start } = number(module, at + 1);
    sections.push({ header: at, id: module[at], start, end: start + length });
    at = start + length;
  }
  return sections;
}

function importsOf(module, sections) {
  const section = sections.find(({ id }) => id === IMPORTS);
  if (!section) return [];
  let { value: left, next } = number(module, section.start);
  const imports = [];
  for (; left > 0; left -= 1) {
    const start = next;
    const nameStart = string(module, start).next;
    const { text: name, next: nameEnd } = string(module, nameStart);
    const kind = module[nameEnd];
    next = afterType(module, kind, nameEnd + 1);
    imports.push({ name, kind, start, nameStart, nameEnd, end: next });
  }
  return imports;
}

/** Past the type of an import: a function's number, a table's element and limits, limits, or a global's type. */
function afterType(module, kind, at) {
  if (kind === 0) return number(module, at).next;
  if (kind === 3) return at + 2;
  const limits = kind === 1 ? at + 1 : at;
  const least = number(module, limits + 1).next;
  return module[limits] & 1 ? number(module, least).next : least;
}

/** The names of functions, by their number. */
function namesOf(module, sections) {
  const names = new Map();
  for (const { id, start, end } of sections) {
    const title = id === CUSTOM ? string(module, start) : undefined;
    if (title?.text !== 'name') continue;
    for (let at = title.next; at < end; ) {
      const { value: length, next } = number(module, at + 1);
      if (module[at] === 1) readNames(module, next, names);
      at = next + length;
    }
  }
  return names;
}

function readNames(module, start, names) {
  let { value: left, next } = number(module, start);
  for (; left > 0; left -= 1) {
    const index = number(module, next);
    const name = string(module, index.next);
    names.set(index.value, name.text);
    next = name.next;
  }
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
