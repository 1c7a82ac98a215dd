// Trunk's post_build hook: has the module cut into parts, then writes a brotli neighbour of each file that compresses, so that
// the server never has to.
import './split.mjs';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// Trunk collects the bundle here and moves it to its place afterwards.
const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('TRUNK_STAGING_DIR is not set: this runs as a hook of Trunk');
for (const name of readdirSync(folder).filter((name) => /\.(wasm|js|css|svg)$/.test(name))) {
  const path = join(folder, name);
  const content = readFileSync(path);
  // How much is looked at at once, 2^n bytes; none of them is the best for every file.
  const tried = [16, 18, 20].map((block) => compressed(content, block));
  writeFileSync(`${path}.br`, tried.reduce((best, other) => (other.length < best.length ? other : best)));
}

function compressed(content, block) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_LGBLOCK]: block,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params });
}
