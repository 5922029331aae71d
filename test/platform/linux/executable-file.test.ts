import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChild } from '../../../source/platform/linux/child-process.ts';
import { findProgram } from '../../../source/platform/linux/executable-file.ts';

/** What the system will not even look at, for root too: as a closed folder is to others. */
const unreachable = `/${'x'.repeat(300)}`;

test('a folder of PATH that cannot be looked into is passed over, as a shell does', () => {
  expect(findProgram('sh', `${unreachable}:/bin`, null)).toEqual({ file: '/bin/sh' });
  expect(findProgram('no-such-program', `${unreachable}:/bin`, null)).toEqual({
    problem: expect.stringContaining('was not found in PATH'),
  });
});

test('a program or directory that cannot be reached is a problem, not an exception', () => {
  expect(findProgram(unreachable, undefined, null)).toEqual({
    problem: expect.stringMatching(/cannot be reached: ENAMETOOLONG.*Check the path/),
  });
  const order = {
    command: ['true'],
    directory: unreachable,
    environment: {},
    outputFile: join(tmpdir(), 'unused'),
    umask: null,
    nice: null,
  };
  expect(startChild(order)).toEqual({
    ok: false,
    problem: expect.stringMatching(/^The directory .* cannot be reached: ENAMETOOLONG.*correct `directory`/),
  });
});
