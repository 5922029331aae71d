import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../control/fake-engine.ts';
import { typed } from './run-command.ts';

const good = `groups:
  shop:
    processes:
      api: { command: [sleep, "100"] }
      worker: { command: [sleep, "100"], instances: 2 }
`;
const bad = `groups:
  mail:
    processes:
      smtp: { comand: [sleep, "100"] }
      imap: { command: [sleep], instances: many }
`;

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

test('a good profile', async () => {
  const directory = directoryWith({ 'shop.yaml': good });
  expect(await typed('check shop.yaml', { directory })).toEqual({
    status: 0,
    stderr: '',
    stdout: 'OK: 1 group, 2 processes\n',
  });
});

test('a profile for both systems is checked for both', async () => {
  const both = good.replace('[sleep, "100"] }', '[sleep, "100"], windows: { command: [timeout.exe, "100"] } }');
  const directory = directoryWith({
    'both.yaml': both,
    'wrong.yaml': both.replace('timeout.exe, "100"]', 'timeout.exe], user: shop'),
  });
  expect((await typed('check both.yaml', { directory })).stdout).toBe(
    'OK: 1 group, 2 processes\nOK on Windows: 1 group, 2 processes\n',
  );
  expect(JSON.parse((await typed('check both.yaml --json', { directory })).stdout)).toMatchObject({
    ok: true,
    elsewhere: { system: 'windows', ok: true, processes: 2 },
  });
  expect((await typed('check wrong.yaml', { directory })).stdout).toContain('`user` holds on Linux only');
  const forgotten = both.replace('worker: {', 'worker: { user: shop,');
  expect(
    await typed('check forgotten.yaml', { directory: directoryWith({ 'forgotten.yaml': forgotten }) }),
  ).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/^Windows: forgotten\.yaml:5:\d+ .*`user` holds on Linux only/),
  });
});

test('every problem of every file, by its place, with the name as one types it', async () => {
  const directory = directoryWith({ 'shop.yaml': good, 'mail.yaml': bad });
  const { status, stdout } = await typed('check shop.yaml mail.yaml', { directory });
  expect(status).toBe(4);
  const places = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(places).toContain('mail.yaml:4:15 groups.mail.processes.smtp.comand:');
  expect(places).toContain('mail.yaml:5:44 groups.mail.processes.imap.instances:');
  expect(stdout).toContain('did you mean `command`?');
});

test('what was probably not meant is a warning beside the result, and changes no exit status', async () => {
  const directory = directoryWith({ 'shop.yaml': good.replace('[sleep, "100"]', '"sleep 100 && date"') });
  const warning =
    'shop.yaml:4:23 groups.shop.processes.api.command: `&&` is passed to the program as it stands, since no shell reads the command; set `shell: true` if a shell is meant';
  expect(await typed('check shop.yaml', { directory })).toEqual({
    status: 0,
    stderr: `procsaver: warning: ${warning}\n`,
    stdout: 'OK: 1 group, 2 processes\n',
  });
  expect((await typed('check shop.yaml --lang ja', { directory })).stderr).toBe(`procsaver: 警告: ${warning}\n`);
  const told = JSON.parse((await typed('check shop.yaml --json', { directory })).stdout);
  expect(told).toMatchObject({ ok: true, warnings: [{ file: 'shop.yaml', line: 4, column: 23 }] });
});

test('a directory stands for its profiles, sorted; without an argument it is the default one', async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, 'profiles.d'));
  writeFileSync(join(home, 'profiles.d', 'b.yml'), bad);
  writeFileSync(join(home, 'profiles.d', 'a.yaml'), good);
  writeFileSync(join(home, 'profiles.d', 'notes.txt'), 'no profile');
  const { status, stdout } = await typed('check', { home });
  expect(status).toBe(4);
  expect(stdout).toContain(`${home.slice(1)}/profiles.d/b.yml:4:15`);
});

test('a file that is not there is a problem with a name', async () => {
  const { status, stdout } = await typed('check nowhere.yaml', { directory: '/' });
  expect(status).toBe(4);
  expect(stdout).toMatch(/^nowhere\.yaml:1:1\b.*does not exist; expected a profile or a folder of profiles/);
});

test('as JSON', async () => {
  const directory = directoryWith({ 'shop.yaml': good, 'mail.yaml': bad });
  const told = await typed('check mail.yaml --json', { directory });
  expect(told.status).toBe(4);
  expect(JSON.parse(told.stdout)).toMatchObject({ ok: false, problems: [{ file: 'mail.yaml', line: 4 }, { line: 5 }] });
  expect(JSON.parse((await typed('check shop.yaml --json', { directory })).stdout)).toMatchObject({
    ok: true,
    groups: 1,
    processes: 2,
  });
});

test('a pipe is no profile and no file of variables: nobody waits for what may never come', async () => {
  const directory = directoryWith({
    'shop.yaml': good.replace('{ command', '{ environmentFile: variables, command'),
  });
  execFileSync(
    'mkfifo',
    ['pipe.yaml', 'variables'].map((name) => join(directory, name)),
  );
  expect(await typed('check pipe.yaml', { directory })).toMatchObject({
    status: 4,
    stdout:
      'pipe.yaml:1:1: is neither a file nor a folder; expected a profile or a folder of profiles; write it into a file, and name that\n',
  });
  expect((await typed('check shop.yaml', { directory })).stdout).toContain('variables cannot be read');
});
