// Node runs .ts as it stands, but no JSX: scripts load the console's screen through here, bundled as in the executable.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { plugins } from '../../scripts/bundle-plugins.ts';

/** Bundles the file with React as it is in production, and imports it. */
export async function loadTsx<Module>(file: string): Promise<Module> {
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.procsaver-'));
  try {
    const outfile = join(folder, 'bundle.mjs');
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node26',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"', __filename: 'process.execPath' },
      plugins,
      logLevel: 'warning',
    });
    return (await import(pathToFileURL(outfile).href)) as Module;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
