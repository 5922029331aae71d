import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { incident, incidentFile, incidents } from '../../source/daemon/incidents.ts';
import { collect, freshFolder, openFolder } from '../platform/evidence/scene.ts';

async function taken(directory: string, process: string, atMs: number): Promise<string> {
  const folder = openFolder(directory, []);
  const result = await collect(folder, { process, atMs });
  folder.close();
  if (!result.ok) throw new Error(result.problem);
  return result.folder;
}

test('incidents come newest first, of a process, one of its slots, a group or all, with what they cost', async () => {
  const directory = freshFolder();
  for (const [at, process] of ['shop/api', 'mail/smtp', 'shop/api', 'shop/web'].entries())
    await taken(directory, process, 1e12 + at * 1000);
  const of = async (target: string | null) => (await incidents(directory, target)).map(({ number }) => number);
  expect(await of(null)).toEqual([4, 3, 2, 1]);
  expect(await of('shop')).toEqual([4, 3, 1]);
  expect(await of('shop/api')).toEqual([3, 1]);
  expect(await of('shop/api#2')).toEqual([3, 1]);
  expect(await of('gone/long-ago')).toEqual([]);
  const [last] = await incidents(directory, 'shop/api');
  expect(last).toMatchObject({ reason: 'down-exit-1', first: 1, times: 2, isKept: true });
  expect(last?.costs?.tookMs).toBeGreaterThanOrEqual(0);
});

test('an incident whose folder was removed stays in the list, and says so when it is opened', async () => {
  const directory = freshFolder();
  rmSync(await taken(directory, 'shop/api', 1e12), { recursive: true });
  expect(await incidents(directory, null)).toMatchObject([{ number: 1, isKept: false, costs: null }]);
  await expect(incident(directory, 1)).rejects.toThrow('was removed to keep within');
  await expect(incident(directory, 7)).rejects.toThrow('There is no incident 7');
});

test('the summary names the files, and a long one is read part by part without a line or a letter cut in two', async () => {
  const directory = freshFolder();
  const folder = await taken(directory, 'shop/api', 1e12);
  const text = `${'日本語の行\n'.repeat(40_000)}${'é'.repeat(300_000)}`;
  writeFileSync(join(folder, 'output.txt'), text);
  const { files, same, exit } = await incident(directory, 1);
  expect(files).toContainEqual({ name: 'output.txt', bytes: Buffer.byteLength(text) });
  expect({ same, exit }).toEqual({ same: null, exit: { code: 1 } });
  let read = '';
  let parts = 0;
  for (let offset: number | null = 0; offset !== null; parts++) {
    const part = await incidentFile(directory, 1, 'output.txt', offset);
    expect(Buffer.byteLength(part.text)).toBeLessThanOrEqual(256 * 1024);
    read += part.text;
    offset = part.next;
  }
  expect(read === text).toBe(true);
  expect(parts).toBeGreaterThan(4);
});

test('a core is told by its size and place, and so is anything that is no text', async () => {
  const directory = freshFolder();
  const folder = await taken(directory, 'shop/api', 1e12);
  writeFileSync(join(folder, 'core.123'), 'text that is not read');
  writeFileSync(join(folder, 'odd.txt'), 'a\0b');
  for (const name of ['core.123', 'odd.txt'])
    expect(await incidentFile(directory, 1, name, 0)).toMatchObject({
      isText: false,
      text: '',
      path: join(folder, name),
    });
});

test('no name leads out of the folder, neither by its path nor by a link', async () => {
  const directory = freshFolder();
  const folder = await taken(directory, 'shop/api', 1e12);
  symlinkSync('/etc/passwd', join(folder, 'passwd.txt'));
  for (const name of ['../../etc/passwd', 'passwd.txt', '.'])
    await expect(incidentFile(directory, 1, name, 0)).rejects.toThrow('is not there');
  // Beyond the end there is nothing, and no mistake.
  expect(await incidentFile(directory, 1, 'incident.json', 1e9)).toMatchObject({ text: '', next: null });
});

test('a spoilt incident is said, and the others are listed all the same', async () => {
  const directory = freshFolder();
  const folder = await taken(directory, 'shop/api', 1e12);
  await taken(directory, 'shop/api', 1e12 + 1000);
  const file = join(folder, 'incident.json');
  chmodSync(file, 0o600);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  expect((await incidents(directory, null)).map(({ number, costs }) => [number, costs === null])).toEqual([
    [2, false],
    [1, true],
  ]);
  await expect(incident(directory, 1)).rejects.toThrow('cannot be read, or is not what was written');
});
