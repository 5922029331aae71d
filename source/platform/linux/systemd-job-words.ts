import type { ServiceResult, ServiceScope } from '../../ports/service-manager.ts';
import type { Answer } from './systemd-connection.ts';

/** What an operator asks for. */
export interface SystemdOrder {
  readonly verb: 'start' | 'stop';
  readonly scope: ServiceScope;
  readonly unit: string;
}

/** What the operator types for this manager. */
function command(program: string, scope: ServiceScope): string {
  return scope === 'user' ? `${program} --user` : program;
}

type Advice = (order: SystemdOrder) => string;

const askPolkit: Advice = ({ unit }) =>
  `Run procsaver as root, or allow its user org.freedesktop.systemd1.manage-units for ${unit} in a polkit rule.`;

/** Errors of D-Bus that an operator can do something about. */
const adviceOfErrors: Readonly<Record<string, Advice>> = {
  'org.freedesktop.DBus.Error.AccessDenied': askPolkit,
  'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired': askPolkit,
  'org.freedesktop.DBus.Error.AuthFailed': askPolkit,
  'org.freedesktop.systemd1.NoSuchUnit': ({ scope }) =>
    `${command('systemctl', scope)} list-unit-files shows the names there are; after writing a unit file, ${command('systemctl', scope)} daemon-reload.`,
  'org.freedesktop.systemd1.UnitMasked': ({ scope, unit }) =>
    `${command('systemctl', scope)} unmask ${unit} allows it.`,
  'org.freedesktop.systemd1.BadUnitSetting': ({ unit }) => `systemd-analyze verify ${unit} shows what is wrong in it.`,
};

/** Values of JobRemoved's last field; `skipped`: there was nothing to do. */
const reasonsOfJobs: Readonly<Record<string, string | null>> = {
  done: null,
  skipped: null,
  failed: 'it failed',
  timeout: "its job ran into systemd's time limit",
  canceled: 'another order replaced this one before it was done',
  dependency: 'a unit that it requires could not be started',
  assert: 'an assertion of its unit file does not hold',
  unsupported: 'this system does not support its type',
  invalid: 'a job of this kind makes no sense for it',
  collected: 'it was unloaded meanwhile',
  once: 'it runs only once after each boot',
};

export function refused(order: SystemdOrder, answer: Answer & { ok: false }): ServiceResult {
  const advice = adviceOfErrors[answer.error ?? '']?.(order);
  const why = answer.text.replace(/\.$/, '');
  return {
    ok: false,
    problem: `systemd did not ${order.verb} ${order.unit}: ${why}.${advice === undefined ? '' : ` ${advice}`}`,
  };
}

export function jobEnded(order: SystemdOrder, result: string): ServiceResult {
  const reason = reasonsOfJobs[result] === undefined ? `its job ended as "${result}"` : reasonsOfJobs[result];
  if (reason === null) return { ok: true };
  const { verb, unit, scope } = order;
  const look = `${command('systemctl', scope)} status ${unit} and ${command('journalctl', scope)} -u ${unit} say more.`;
  return { ok: false, problem: `systemd did not ${verb} ${unit}: ${reason}. ${look}` };
}
