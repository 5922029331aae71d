import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../../../source/platform/evidence/part.ts';
import { SharedTrace } from '../../../source/platform/evidence/shared-trace.ts';
import { Masks } from '../../../source/profile/secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const job = (): Job => ({ folder, masks: new Masks([]), missing: [] }) as unknown as Job;
const written = () => readFileSync(join(folder, 'notices.jsonl'), 'utf8');

test('a long trace is written in turns: what else waits for the event loop is not kept waiting', async () => {
  let turns = 0;
  const others = () => {
    turns += 1;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  function* slowLines(): Iterable<string> {
    for (let line = 0; line < 20; line++) {
      for (const endMs = performance.now() + 2; performance.now() < endMs; ) Math.sqrt(line);
      yield `{"event":${line}}`;
    }
  }
  await new SharedTrace().put(job(), performance.now(), slowLines, folder);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(20);
  expect(written().split('\n')).toHaveLength(21);
});

test('a secret in any of its lines is masked, and it is said that the trace does not replay', async () => {
  const taken = job();
  const lines = () => ['{"state":{}}', '{"command":"sync https://ops:opensesame@shop.example/"}', '{"end":"0"}'];
  await new SharedTrace().put(taken, performance.now(), lines, folder);
  expect(written()).toBe('{"state":{}}\n{"command":"sync https://ops:***@shop.example/"}\n{"end":"0"}\n');
  expect(taken.missing.join()).toContain('no replay');
});
