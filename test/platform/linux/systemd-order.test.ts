import { EventEmitter } from 'node:events';
import type { Message, MessageBus } from 'dbus-native';
import { expect, test } from 'vitest';
import { SystemdConnection } from '../../../source/platform/linux/systemd-connection.ts';
import { SystemdUnits } from '../../../source/platform/linux/systemd-units.ts';
import { Heard } from './heard-states.ts';

const path = '/org/freedesktop/systemd1/unit/brief_2eservice';
const starting = { ActiveState: 'activating', SubState: 'start', LoadState: 'loaded' };
const ended = { ActiveState: 'active', SubState: 'exited' };

/** A manager that says two things in one packet, which a real one does when the machine is busy: an answer, and what changed right after it. */
function inOnePacket(): MessageBus {
  const connection = new EventEmitter();
  const answers: Readonly<Record<string, unknown>> = { LoadUnit: path, GetAll: starting };
  const invoke = ({ member = '' }: Message, hear: (error: null, value: unknown) => void): void => {
    setImmediate(() => {
      hear(null, answers[member]);
      if (member !== 'GetAll') return;
      const changed = { path, interface: 'org.freedesktop.DBus.Properties', member: 'PropertiesChanged' };
      connection.emit('message', { ...changed, body: ['org.freedesktop.systemd1.Unit', ended, []] });
    });
  };
  return Object.assign(new EventEmitter(), { connection, invoke }) as unknown as MessageBus;
}

test('a change in the same packet as the answer before it is heard after that answer, and not lost', async () => {
  const connection = new SystemdConnection(inOnePacket(), true);
  const units = new SystemdUnits();
  await connection.subscribe({
    changed: (unit, changes) => units.changed(unit, changes),
    manager: () => {},
    lost: () => {},
  });
  const heard = new Heard();
  units.add('brief', heard.report);
  units.connected(connection);
  await heard.is('up');
  expect(heard.states.map(({ words }) => words)).toEqual(['activating (start)', 'active (exited)']);
});
