import { expect, test } from 'vitest';
import type { ListedProcess } from '../../../native-bindings/windows/process-list.ts';
import { familiesOf, membersOf } from '../../../source/platform/windows/process-tree.ts';

const listed = (pid: number, parent: number, createdAtUs: number): ListedProcess => ({
  ...{ pid, parent, createdAtUs, name: '', cpuMs: 0, memoryBytes: 0, threadCount: 1 },
  ...{ handleCount: 0, session: 0, isSuspended: false },
});
const root = { pid: 100, startTime: 10, startedAtMs: 0 };
const pids = (list: ListedProcess[], remembered = new Map<number, number>(), inJob: number[] = []) =>
  membersOf(root, remembered, inJob, familiesOf(list)).map(({ pid }) => pid);

test('all that descend from it belong to it', () => {
  expect(pids([listed(100, 1, 10), listed(200, 100, 20), listed(300, 200, 30), listed(400, 1, 40)])).toEqual([
    100, 200, 300,
  ]);
});

test('a process that is older than its parent is the child of one that had the number before', () => {
  expect(pids([listed(100, 1, 10), listed(200, 100, 5)])).toEqual([100]);
});

test('of a dead one those are known that were remembered, or are in its job', () => {
  const list = [listed(200, 100, 20), listed(300, 200, 30), listed(500, 9, 50), listed(100, 1, 99)];
  expect(pids(list)).toEqual([]);
  expect(pids(list, new Map([[200, 20]]))).toEqual([200, 300]);
  expect(pids(list, new Map([[200, 21]]), [500])).toEqual([500]);
});
