// Trunk's post_build hook: makes the module small, then writes a brotli neighbour of each file, so that the server never
// has to compress them.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// Trunk collects the bundle here and moves it to its place afterwards.
const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('TRUNK_STAGING_DIR is not set: this runs as a hook of Trunk');

// The features are those the compiler uses. All at once would make a module that browsers refuse.
const wasmOpt = [
  '--enable-bulk-memory', '--enable-bulk-memory-opt', '--enable-call-indirect-overlong', '--enable-multivalue',
  '--enable-mutable-globals', '--enable-nontrapping-float-to-int', '--enable-reference-types', '--enable-sign-ext',
  '--low-memory-unused', '--flatten', '--rereloop', '-Oz', '-Oz',
];

function shrink(path) {
  const program = join(dirname(fileURLToPath(import.meta.url)), '../end2end/node_modules/.bin/wasm-opt');
  execFileSync(program, [...wasmOpt, path, '-o', path], { stdio: 'inherit' });
}

function compress(path) {
  const content = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
}

const files = readdirSync(folder).map((name) => join(folder, name));
files.filter((path) => path.endsWith('.wasm')).forEach(shrink);
files.filter((path) => /\.(wasm|js|css|svg)$/.test(path)).forEach(compress);
