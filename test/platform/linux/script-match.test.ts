import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instance } from '../../../source/ports/instance.ts';
import type { MatchQuery } from '../../../source/ports/process-table.ts';
import { fileWith, openWorkshop, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

async function find(changes: Partial<MatchQuery>): Promise<number[]> {
  const query = { executable: null, arguments: null, user: null, pidFile: null, ...changes };
  const found = await reported<readonly (readonly Instance[])[]>((report) =>
    workshop.platform.ports.table.find([query], report),
  );
  return (found[0] ?? []).map(({ pid }) => pid);
}

/** A script of our own, so that nothing else on the machine is found. */
function script(name: string, text: string): string {
  writeFileSync(workshop.file(name), text);
  chmodSync(workshop.file(name), 0o755);
  return workshop.file(name);
}

/** Runs until it is stopped, and says first that its interpreter is there. */
const texts = {
  python: '#!/usr/bin/python3 -u\nimport time\nprint("runs", flush=True)\ntime.sleep(1000)\n',
  shell: '#!/bin/sh -e\necho runs\nread nothing < never\n',
  perl: '$| = 1; print "runs\\n"; sleep 1000;\n',
  node: 'console.log("runs");\nsetInterval(() => {}, 1000000);\n',
};

async function started(command: readonly string[], directory = workshop.folder): Promise<number> {
  const outputFile = workshop.file(`${command.join('-').replaceAll('/', '_')}.log`);
  const { pid } = await workshop.started(command, { directory, outputFile });
  await fileWith(outputFile);
  return pid;
}

test('a script is found by its path and its base name, whatever options stand before it', async () => {
  const path = script('shop-backup.py', texts.python);
  const pid = await started(['/usr/bin/python3', '-u', '-W', 'ignore', path, '--all']);
  expect(await find({ executable: path })).toEqual([pid]);
  expect(await find({ executable: 'shop-backup.py' })).toEqual([pid]);
  expect(await find({ executable: 'shop-backup.py', arguments: '--all$' })).toEqual([pid]);
  expect(await find({ executable: 'shop-backup.py', arguments: '--none$' })).toEqual([]);
  expect(await find({ executable: 'backup.py' })).toEqual([]);
  expect(await find({ executable: '/usr/bin/python3', arguments: 'shop-backup\\.py' })).toEqual([pid]);
});

test('a script given by a relative path is found by its absolute one, through a symbolic link too', async () => {
  mkdirSync(workshop.file('release-7'));
  symlinkSync('release-7', workshop.file('current'));
  const path = script('release-7/shop-relative.py', texts.python);
  const pid = await started(['/usr/bin/python3', 'shop-relative.py'], workshop.file('current'));
  expect(await find({ executable: path })).toEqual([pid]);
  expect(await find({ executable: workshop.file('current/shop-relative.py') })).toEqual([pid]);
  expect(await find({ executable: workshop.file('shop-relative.py') })).toEqual([]);
});

test('a script that is started by its own name runs in the interpreter that its first line names', async () => {
  const python = script('shop-by-itself.py', texts.python);
  const pid = await started([python]);
  expect(await find({ executable: 'shop-by-itself.py' })).toEqual([pid]);
});

test('scripts of shells, Perl and Node are found', async () => {
  await workshop.outputOf(['mkfifo', 'never']);
  const shell = await started(['/bin/sh', '-e', script('shop-queue.sh', texts.shell)]);
  const perl = await started(['perl', '-w', script('shop-queue.pl', texts.perl)]);
  const node = await started([process.execPath, '--no-warnings', script('shop-queue.cjs', texts.node)]);
  expect(await find({ executable: 'shop-queue.sh' })).toEqual([shell]);
  expect(await find({ executable: 'shop-queue.pl' })).toEqual([perl]);
  expect(await find({ executable: 'shop-queue.cjs' })).toEqual([node]);
});

test('a Python module is found by its name', async () => {
  script('shop_module.py', texts.python);
  const pid = await started(['/usr/bin/python3', '-um', 'shop_module']);
  expect(await find({ executable: 'shop_module' })).toEqual([pid]);
});

test('a program that only names the script among its arguments is not it', async () => {
  const path = script('shop-edited.py', texts.python);
  await workshop.started(['sleep', '1000', path]);
  await workshop.started(['/bin/sh', '-c', 'sleep 1000; true', path]);
  expect(await find({ executable: path })).toEqual([]);
});

test("arguments are searched in the whole command line, and ^ fits before the program's own name and behind it", async () => {
  const path = script('shop-whole.py', texts.python);
  const pid = await started(['/usr/bin/python3', '-u', path, '--all']);
  expect(await find({ arguments: 'python3 -u .*shop-whole\\.py --all' })).toEqual([pid]);
  expect(await find({ arguments: '^/usr/bin/python3 -u .*shop-whole' })).toEqual([pid]);
  expect(await find({ arguments: '^-u .*shop-whole\\.py' })).toEqual([pid]);
  expect(await find({ arguments: 'perl .*shop-whole\\.py' })).toEqual([]);
});

test('a program that gave itself a title is found by that title', async () => {
  const path = script('shop-titled.py', texts.python);
  const title = `shop-titled ${workshop.folder}: main process`;
  const pid = await started(['/bin/bash', '-c', `exec -a '${title}' /usr/bin/python3 -u ${path}`]);
  expect(await find({ arguments: `^${title}` })).toEqual([pid]);
});
