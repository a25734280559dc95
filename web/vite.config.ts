import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(root, '../dist/web');

/** Addresses within the page are relative to its base, which the controller writes into it by its URLPrefix. */
export default defineConfig({
  root,
  base: './',
  plugins: [react(), compressed()],
  build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false }, target: 'es2023' },
});

/** Each asset beside itself as gzip and as brotli, so that the controller compresses nothing while it has a recovery to do. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const assets = join(outDir, 'assets');
      for (const name of readdirSync(assets).filter((each) => /\.(js|css|svg)$/.test(each))) {
        const bytes = readFileSync(join(assets, name));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
      }
      writeFileSync(join(outDir, '.built'), '');
    },
  };
}
