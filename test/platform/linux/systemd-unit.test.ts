import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { SystemdUnit } from '../../../source/platform/linux/systemd-unit.ts';
import type { ServiceState } from '../../../source/ports/service-manager.ts';

const running = (pid: number) => ({
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  Result: 'success',
  MainPID: pid,
  // Later than any start here: the identity of a process is not what these tests are about.
  ExecMainStartTimestampMonotonic: process.hrtime.bigint() / 1000n + 60_000_000n,
});
const killed = {
  MainPID: 0,
  ExecMainCode: 2,
  ExecMainStatus: 9,
  ActiveState: 'failed',
  SubState: 'failed',
  Result: 'signal',
};

function unitThatTells(): { unit: SystemdUnit; told: ServiceState[] } {
  const unit = new SystemdUnit('web');
  const told: ServiceState[] = [];
  unit.tell((state) => told.push(state));
  return { unit, told };
}

test('a service whose main process has ended before its manager noticed is changing, not up without one', async () => {
  const dead = spawn('true');
  await once(dead, 'exit');
  const { unit, told } = unitThatTells();
  unit.setAll(running(dead.pid ?? 0));
  expect(told).toEqual([{ is: 'changing', main: null, exit: null, words: 'active (running)' }]);
  unit.setAll({ ...running(0), ...killed });
  expect(told.at(-1)).toMatchObject({ is: 'down', exit: { signal: 'SIGKILL' } });
});

test('a failure in passing is not reported: what the manager answers a moment later counts', () => {
  const { unit, told } = unitThatTells();
  unit.setAll(running(process.pid));
  expect(unit.change(killed)).toBe('confirm');
  unit.change({ ActiveState: 'activating', SubState: 'auto-restart' });
  unit.confirm('activating');
  expect(told.map(({ is }) => is)).toEqual(['up', 'changing']);
});

test('one that somebody else asks for is told the present state, and keeps how the service ended', () => {
  const { unit, told } = unitThatTells();
  unit.setAll({ ...running(0), ...killed });
  const later: ServiceState[] = [];
  unit.tell((state) => later.push(state));
  // systemd has unloaded it meanwhile, and its last end with it.
  unit.setAll({ ...running(0), ActiveState: 'inactive', SubState: 'dead' });
  expect(told).toHaveLength(1);
  expect(later).toEqual([
    { is: 'down', main: null, exit: { signal: 'SIGKILL', core: false }, words: 'inactive (dead)' },
  ]);
});
