import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Compared, matches, mayMatch, prepareMatch } from '../../../source/platform/windows/process-match.ts';
import type { MatchQuery } from '../../../source/ports/process-table.ts';

const server: Compared = {
  name: 'node.exe',
  executable: 'C:\\Program Files\\nodejs\\node.exe',
  arguments: ['node.exe', 'C:\\shop\\server.js', '--port', '8080'],
  account: { sid: 'S-1-5-21-1-2-3-1001', name: 'SHOP\\ops1' },
  script: 'C:\\shop\\server.js',
};

const nothing: MatchQuery = { executable: null, arguments: null, user: null, pidFile: null };
const isMeant = (query: Partial<MatchQuery>): boolean => matches(prepareMatch({ ...nothing, ...query }), server, 0);

test.each([
  [{ executable: 'node.exe' }, true],
  [{ executable: 'NODE' }, true],
  [{ executable: 'c:/program files/NodeJS/node.exe' }, true],
  [{ executable: 'C:\\Program Files\\nodejs\\node' }, true],
  [{ executable: 'server.js' }, true],
  [{ executable: 'C:\\shop\\SERVER.js' }, true],
  [{ executable: 'C:\\other\\node.exe' }, false],
  [{ executable: 'nod' }, false],
  [{ arguments: '--port 8080$' }, true],
  [{ arguments: '^C:' }, true],
  [{ arguments: '--port 9' }, false],
  [{ executable: 'node', user: 'ops1' }, true],
  [{ executable: 'node', user: 'shop\\OPS1' }, true],
  [{ executable: 'node', user: 's-1-5-21-1-2-3-1001' }, true],
  [{ executable: 'node', user: 'ops2' }, false],
])('%j', (query, expected) => {
  expect(isMeant(query)).toBe(expected);
});

test('a pid file means the process that is older than it, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-test-'));
  try {
    writeFileSync(join(folder, 'pid'), '4711\r\n');
    const match = prepareMatch({ ...nothing, pidFile: join(folder, 'pid') });
    expect([mayMatch(match, 4711, 1), mayMatch(match, 4712, 1), mayMatch(match, 4711, 4711)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(matches(match, server, Date.now() - 60_000)).toBe(true);
    expect(matches(match, server, Date.now() + 60_000)).toBe(false);
    expect(prepareMatch({ ...nothing, pidFile: join(folder, 'none') }).isImpossible).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
