// The beginning of Trunk's post_build hook: cuts the module that was compiled into the parts that the browser loads one by
// one, and puts them in the place of the whole module that Trunk made of it.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { putTogether } from './pieces.mjs';
import { features, namesOf, withNames, withoutExports } from './wasm.mjs';

// Trunk collects the bundle here and moves it to its place afterwards.
const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('TRUNK_STAGING_DIR is not set: this runs as a hook of Trunk');

const smaller = ['-g', '--low-memory-unused', '--flatten', '--rereloop', '-Oz', '-Oz', '-Oz'];
// Functions of one kind have names that begin alike: side by side they compress better. Then the names may go.
const sorted = ['--reorder-functions-by-name', '--print-function-map', '--strip-debug', '--strip-producers', '--strip-target-features'];

const run = (tool, ...args) => execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const { target_directory: target } = JSON.parse(run('cargo', 'metadata', '--no-deps', '--format-version=1', '--offline'));
const work = mkdtempSync(join(tmpdir(), 'vakhta-split-'));
try {
  run('wasm-split-cli', join(target, 'wasm32-unknown-unknown/wasm-release/frontend.wasm'), work, '--out-name=frontend');
  // What the parts use of the main part is found by these names and exports.
  const keep = ['--no-demangle', '--keep-lld-exports'];
  run('wasm-bindgen', join(work, 'frontend.wasm'), '--target=web', '--no-typescript', ...keep, `--out-dir=${work}`);
  unlinkSync(join(work, 'frontend.wasm'));
  const parts = putTogether(work, join(work, 'frontend_bg.wasm'), run);
  const modules = readdirSync(work).filter((name) => name.endsWith('.wasm'));
  trim();
  await Promise.all(modules.map((name) => optimise(join(work, name))));
  place(modules, parts);
} finally {
  rmSync(work, { recursive: true });
}

/** Makes a module small; its functions' names, which it loses, are kept beside it. */
async function optimise(path) {
  const optimised = (...passes) => promisify(execFile)('wasm-opt', [...features, ...passes, path, '-o', path], { maxBuffer: 2 ** 28 });
  await optimised(...smaller);
  const { stdout } = await optimised(...sorted);
  writeFileSync(`${path}.names`, stdout);
}

/**
 * Whatever a library of ours exports for scripts of its own is not used here; and the names by which the module and its
 * script know each other hold hashes, which do not compress.
 */
function trim() {
  const [path, script] = [join(work, 'frontend_bg.wasm'), join(work, 'frontend.js')];
  const module = withoutExports(readFileSync(path), (name) => name.includes('intounderlying'));
  const long = [...new Set(namesOf(module))].filter((name) => /[0-9a-f]{16}E?$/.test(name));
  const renamed = new Map(long.map((name, index) => [name, `n${index}`]));
  writeFileSync(path, withNames(module, renamed));
  writeFileSync(script, readFileSync(script, 'utf8').replace(/\b\w+[0-9a-f]{16}E?\b/g, (name) => renamed.get(name) ?? name));
}

/** Moves the files to where Trunk's are, under names that carry a hash of their content. */
function place(modules, needed) {
  const loader = readFileSync(join(work, '__wasm_split.js'), 'utf8');
  const names = new Map(modules.map((name) => [name, hashed(name, readFileSync(join(work, name)))]));
  for (const [name, final] of names) {
    copyFileSync(join(work, name), join(folder, final));
    copyFileSync(join(work, `${name}.names`), join(folder, `${final}.names`));
  }
  const parts = Object.fromEntries([...needed].map(([part, files]) => [part, files.map((file) => names.get(file))]));
  writeFileSync(join(folder, 'parts.json'), JSON.stringify(parts));
  writeFileSync(join(work, '__wasm_split.js'), loader.replace(/"\.\/(\w+\.wasm)"/g, (_, name) => `"./${names.get(name)}"`));
  const script = oneScript();
  const scriptName = hashed('frontend.js', script);
  writeFileSync(join(folder, scriptName), script);
  let index = readFileSync(join(folder, 'index.html'), 'utf8');
  const [style] = index.match(/main-\w+\.css/);
  const css = run('esbuild', '--minify', '--log-level=warning', join(folder, style));
  writeFileSync(join(folder, hashed('main.css', css)), css);
  const finals = [
    [/frontend-\w+_bg\.wasm/, names.get('frontend_bg.wasm')],
    [/frontend-\w+\.js/, scriptName],
    [/main-\w+\.css/, hashed('main.css', css)],
  ];
  for (const [pattern, final] of finals) {
    const [whole] = index.match(pattern) ?? [];
    if (!whole) throw new Error(`Trunk's index.html names nothing like ${pattern}`);
    rmSync(join(folder, whole));
    index = index.replaceAll(whole, final);
  }
  writeFileSync(join(folder, 'index.html'), index);
}

/** The script around the main part and the loader of the others, which know each other, as one small file. */
function oneScript() {
  const entry = join(work, 'entry.js');
  writeFileSync(entry, "export { default, hydrate } from './frontend.js';");
  // Each use of the loader is an import of its own: a key that stands more than once, with one and the same value.
  const options = ['--bundle', '--minify', '--format=esm', '--target=es2022', '--log-override:duplicate-object-key=silent'];
  return run('esbuild', entry, ...options, '--log-level=warning');
}

/** `frontend_bg.wasm` as `frontend-<hash>_bg.wasm`, `part_settings.wasm` as `settings-<hash>.wasm`. */
function hashed(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return name.replace(/^part_/, '').replace(/(_bg)?\.(\w+)$/, `-${hash}$1.$2`);
}
