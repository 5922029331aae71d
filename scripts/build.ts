// Builds dist/procsaver, one executable file with Node, the program and koffi's native library in it.
//   npm run build                     dist/procsaver
//   npm run build -- --windows        dist/procsaver.exe, for Windows on x64
//   npm run build -- --bundle-only    dist/procsaver.mjs, in a second, for development with `node dist/procsaver.mjs`
//   --entry FILE, --output FILE       another program in the same clothes: measurements use it
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { plugins } from './bundle-plugins.ts';
import { windowsParts } from './windows-parts.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    'bundle-only': { type: 'boolean', default: false },
    entry: { type: 'string', default: join(project, 'source/cli/main.ts') },
    windows: { type: 'boolean', default: false },
    output: { type: 'string' },
  },
});
const output = resolve(values.output ?? join(project, values.windows ? 'dist/procsaver.exe' : 'dist/procsaver'));

/** The flags of the Node inside: memory as measured in docs/executable.md, and no SIGUSR1 that opens a debugger to every user of the machine. */
const nodeFlags = ['--max-semi-space-size=4', '--disable-sigusr1'];

/** koffi keeps its library in one package a system. */
const ownKoffi = `node_modules/@koromix/koffi-${process.platform}-${process.arch}/${process.platform}_${process.arch}/koffi.node`;

interface Target {
  /** What the program is put into; the Node that runs this, where none is named. */
  readonly executable?: string;
  /** koffi's library; the program asks for it by the asset's name (native-bindings/load-koffi.ts). */
  readonly koffi: string;
  /** V8 writes it for the system and processor that it runs on, and no other V8 reads it. */
  readonly useCodeCache: boolean;
}

function chosenTarget(): Target {
  if (!values.windows) return { koffi: join(project, ownKoffi), useCodeCache: true };
  const { node, koffi } = windowsParts();
  return { executable: node, koffi, useCodeCache: false };
}

async function bundle(outfile: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  await build({
    entryPoints: [resolve(values.entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    jsx: 'automatic',
    // Comments and blanks go, names stay: a stack trace from a customer's machine must name functions.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'ascii',
    define: {
      PROCSAVER_VERSION: JSON.stringify(version),
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      // What only another system loads is left out: its text alone would be a megabyte of memory.
      'process.platform': JSON.stringify(values.windows ? 'win32' : process.platform),
      // CommonJS packages that want to know their own file (write-file-atomic makes temporary names from it).
      __filename: 'process.execPath',
    },
    plugins,
    // Touched once before anything else: Node 26 forgets what import.meta is when an executable first asks for it after a
    // garbage collection, and a package loaded later would find no url in it.
    banner: { js: 'void import.meta.url;' },
    logLevel: 'warning',
  });
  refuseWideText(outfile);
}

/** One character beyond ASCII makes V8 hold the whole program in two bytes a character: 2.7 MB more. esbuild writes all as escapes, but not those of regular expressions. */
function refuseWideText(path: string): void {
  const wide = /.{0,60}[^\0-\x7f].{0,20}/.exec(readFileSync(path, 'utf8'));
  if (wide !== null)
    throw new Error(`A regular expression has to name a character beyond ASCII by its code (\\u3002): ${wide[0]}`);
}

function injectInto(output: string, main: string, work: string): void {
  const { executable, koffi, useCodeCache } = chosenTarget();
  const configuration = join(work, 'sea.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      main,
      mainFormat: 'module',
      output,
      ...(executable === undefined ? {} : { executable }),
      assets: { 'koffi.node': koffi },
      disableExperimentalSEAWarning: true,
      useCodeCache,
      execArgv: nodeFlags,
      // Neither NODE_OPTIONS nor an argument that looks like a flag of Node may change how the monitor runs.
      execArgvExtension: 'none',
    }),
  );
  execFileSync(process.execPath, ['--build-sea', configuration], { stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(output, 0o755);
}

const started = new Date();
mkdirSync(dirname(output), { recursive: true });
// Built beside its place and renamed: a running procsaver keeps its file, and two builds at once do not mix.
const work = mkdtempSync(`${output}.building-`);
try {
  const main = join(work, 'procsaver.mjs');
  await bundle(main);
  if (values['bundle-only']) {
    renameSync(main, `${output}.mjs`);
  } else {
    const executable = join(work, 'procsaver');
    injectInto(executable, main, work);
    // Node writes the executable in one piece, so Linux caches it in huge pages and counts them resident once touched:
    // 81 MB for a program that does nothing. The same bytes copied piece by piece: 49 MB.
    copyFileSync(executable, `${executable}.copy`);
    renameSync(`${executable}.copy`, output);
  }
} catch (error) {
  // esbuild has printed what is wrong, with file and line.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

if (process.exitCode === undefined) {
  const built = values['bundle-only'] ? `${output}.mjs` : output;
  // As old as its sources: what was changed while it was built is not in it.
  utimesSync(built, started, started);
  const seconds = ((Date.now() - started.getTime()) / 1000).toFixed(1);
  process.stderr.write(`${built}: ${(statSync(built).size / 1e6).toFixed(1)} MB in ${seconds} s\n`);
}
