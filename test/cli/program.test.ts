// The program itself, as a process: what can only be seen from outside.
import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { verbs } from '../../source/cli/verbs.ts';
import { fakeEngine } from '../control/fake-engine.ts';
import { homeOf, noticeLine } from './run-command.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const main = join(project, 'source/cli/main.ts');

test('whoever has read enough ends it quietly', async () => {
  const many = Array.from({ length: 20_000 }, () => noticeLine());
  const engine = await fakeEngine({ events: () => many });
  const script = `"${process.execPath}" "${main}" events --json | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
    env: { ...process.env, PROCSAVER_HOME: homeOf(engine) },
  });
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(1)).toEqual(['0', '']);
});

test('a slow reader of a pipe gets every byte of a long result', async () => {
  const many = Array.from({ length: 5_000 }, () => noticeLine());
  const engine = await fakeEngine({ events: () => many });
  // The reader begins when the program has long filled the pipe.
  const script = `"${process.execPath}" "${main}" events --json | { read -r first; sleep 0.5; wc -l; }`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    env: { ...process.env, PROCSAVER_HOME: homeOf(engine) },
  });
  expect(Number(stdout)).toBe(many.length - 1);
});

test('results go to stdout, messages to stderr, and the status is the process’s', async () => {
  const run = promisify(execFile)(process.execPath, [main, 'status'], {
    env: { ...process.env, PROCSAVER_HOME: '/nonexistent' },
  });
  await expect(run).rejects.toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('no engine') });
});

test('a monitor does not wait for a terminal that nobody reads', async ({ skip }) => {
  if (!existsSync('/usr/bin/script')) skip('the program script makes the terminal');
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'program.mjs');
  const flag = join(folder, 'went-on');
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs';
    import { ownSurroundings } from '${join(project, 'source/cli/surroundings.ts')}';
    const { outliveReaders, stderr } = ownSurroundings();
    outliveReaders();
    for (let line = 0; line < 100_000; line += 1) stderr.write('a line that waits for a reader, and then one more\\n');
    writeFileSync('${flag}', '');`,
  );
  const child = spawn('script', ['-qc', `${process.execPath} ${program}`, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await vi.waitFor(() => expect(existsSync(flag)).toBe(true), { timeout: 8000 });
});

test('an engine of another user: 6, and whose it is to ask', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root can become another user');
  const engine = await fakeEngine();
  chmodSync(homeOf(engine), 0o755);
  const environment = { ...process.env, PROCSAVER_HOME: homeOf(engine) };
  const run = promisify(execFile)(process.execPath, [main, 'status'], { env: environment, uid: 65_534, gid: 65_534 });
  await expect(run).rejects.toMatchObject({
    code: 6,
    stdout: '',
    stderr: expect.stringContaining('belongs to another user'),
  });
});

test('only the console loads the screen', () => {
  for (const name of Object.keys(verbs)) {
    const reached = reachedFrom(join(project, 'source/cli/verb', `${name}.ts`));
    const screen = [...reached].filter((path) => /^(?:ink|ink-table|react)$|^source\/console\//.test(path));
    expect(screen, name).toEqual([]);
  }
});

test('the command line itself is only on the way to a command', () => {
  expect([...reachedFrom(join(project, 'source/daemon/start-engine.ts'))]).not.toContain('meow');
});

/** Files and packages that are loaded with this file: by static imports that are more than types. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  const name = relative(project, path);
  if (reached.has(name)) return reached;
  reached.add(name);
  const text = readFileSync(path, 'utf8');
  for (const [, clause = '', target = ''] of text.matchAll(/^(?:import|export)\s+([^;]*?)\s*from\s+'([^']+)'/gms)) {
    if (clause.startsWith('type ')) continue;
    if (target.startsWith('.')) reachedFrom(resolve(dirname(path), target), reached);
    else reached.add(target);
  }
  return reached;
}
