import { expect, test } from 'vitest';
import { applyChange } from '../../source/control/apply-change.ts';
import type { GroupStatus, ProcessStatus } from '../../source/engine/status.ts';
import { emptyStatus } from './fake-engine.ts';

const process = (name: string, state: string): ProcessStatus => ({ name, state }) as ProcessStatus;
const group = (name: string, state: string, processes: readonly ProcessStatus[]): GroupStatus =>
  ({ name, state, processes }) as GroupStatus;

const before = {
  engine: emptyStatus.engine,
  groups: [
    group('shop', 'up', [process('database', 'running'), process('api', 'running')]),
    group('mail', 'up', [process('smtp', 'running')]),
  ],
};

test('a changed process takes its place in its group, the others stay the very same', () => {
  const changed = {
    whole: false,
    engine: emptyStatus.engine,
    groups: [group('shop', 'degraded', [process('database', 'fatal')])],
  };
  const after = applyChange(before, changed);
  expect(after.groups).toEqual([
    group('shop', 'degraded', [process('database', 'fatal'), process('api', 'running')]),
    group('mail', 'up', [process('smtp', 'running')]),
  ]);
  expect(after.groups[1]).toBe(before.groups[1]);
  expect(after.groups[0]?.processes[1]).toBe(before.groups[0]?.processes[1]);
});

test('new groups and processes go to the end', () => {
  const changed = {
    whole: false,
    engine: emptyStatus.engine,
    groups: [group('web', 'up', []), group('mail', 'up', [process('imap', 'running')])],
  };
  const after = applyChange(before, changed);
  expect(after.groups.map(({ name }) => name)).toEqual(['shop', 'mail', 'web']);
  expect(after.groups[1]?.processes.map(({ name }) => name)).toEqual(['smtp', 'imap']);
});

test('a whole one replaces everything', () => {
  const after = applyChange(before, { whole: true, engine: emptyStatus.engine, groups: [] });
  expect(after.groups).toEqual([]);
});
