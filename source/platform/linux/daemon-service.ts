import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServiceScope } from '../../ports/service-manager.ts';
import type { DaemonServiceName, DaemonServices, ServiceOutcome } from '../daemon-service.ts';
import { ownProgram } from '../own-program.ts';
import { unitFile, unitOf, unitText, wantedLink } from './daemon-unit.ts';

/** Longer than systemd waits for a daemon that is ready within a second. */
const patienceMs = 100_000;

type Failed = Extract<ServiceOutcome<never>, { ok: false }>;

/** The daemon as a unit of systemd: of the machine's, or of the user's own. */
export const systemdDaemonServices: DaemonServices = {
  install(plan) {
    const missing = whyNoManager(plan);
    if (missing !== null) return missing;
    const file = unitFile(plan, process.env);
    const { command, arguments: first } = ownProgram();
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, unitText(plan, [command, ...first]), { mode: 0o644 });
    } catch (error) {
      return notWritten(file, error as NodeJS.ErrnoException);
    }
    const unit = unitOf(plan);
    for (const words of [['daemon-reload'], ['enable', unit], ...(plan.isStarted ? [['restart', unit]] : [])]) {
      const { problem } = systemctl(plan.scope, words);
      if (problem !== null) return { ok: false, isForbidden: false, problem };
    }
    const start = plan.isStarted ? [] : [`${shown(plan.scope)} start ${unit}`];
    return { ok: true, value: { service: unit, place: file, next: [...start, ...lingering(plan.scope)] } };
  },

  uninstall(name) {
    const file = unitFile(name, process.env);
    const unit = unitOf(name);
    if (!existsSync(file))
      return { ok: false, isForbidden: false, problem: `${unit} is not installed: there is no ${file}.` };
    // It is stopped, and no process that it watches is touched. Where no manager runs, the file alone is to go.
    systemctl(name.scope, ['disable', '--now', unit]);
    try {
      rmSync(file);
    } catch (error) {
      return notWritten(file, error as NodeJS.ErrnoException);
    }
    systemctl(name.scope, ['daemon-reload']);
    systemctl(name.scope, ['reset-failed', unit]);
    return { ok: true, value: { service: unit, place: file } };
  },

  status(name) {
    const file = unitFile(name, process.env);
    const unit = unitOf(name);
    const properties = ['ActiveState', 'SubState', 'MainPID', 'UnitFileState', 'Result'];
    const { stdout, problem } = systemctl(name.scope, ['show', `--property=${properties.join(',')}`, unit]);
    if (problem !== null) return whyNoManager(name) ?? { ok: false, isForbidden: false, problem };
    const shownOf = Object.fromEntries(stdout.split('\n').map((line) => line.split('=', 2))) as Record<string, string>;
    const { ActiveState: active = '', SubState: finer = '', MainPID: pid = '0', Result: result = 'success' } = shownOf;
    return {
      ok: true,
      value: {
        service: unit,
        place: file,
        isInstalled: existsSync(file),
        isEnabled: shownOf['UnitFileState'] === 'enabled' || existsSync(wantedLink(name, process.env)),
        isRunning: active === 'active',
        pid: Number(pid) === 0 ? null : Number(pid),
        words: `${active} (${finer})${result === 'success' ? '' : `, ${result}`}`,
      },
    };
  },
};

function systemctl(scope: ServiceScope, words: readonly string[]): { stdout: string; problem: string | null } {
  const all = [...(scope === 'user' ? ['--user'] : []), '--no-ask-password', ...words];
  const { status, stdout, stderr, error } = spawnSync('systemctl', all, { encoding: 'utf8', timeout: patienceMs });
  if (error === undefined && status === 0) return { stdout, problem: null };
  const why = error?.message ?? stderr.trim();
  return { stdout: '', problem: `${shown(scope)} ${words.join(' ')} failed: ${why.replaceAll('\n', ' ')}` };
}

/** What the operator types for this manager. */
function shown(scope: ServiceScope): string {
  return scope === 'user' ? 'systemctl --user' : 'systemctl';
}

/** Null where the manager runs; sd_booted(3) says how that is seen. */
function whyNoManager({ instance, scope }: DaemonServiceName): Failed | null {
  const user = process.geteuid?.() ?? 0;
  const folder = process.env['XDG_RUNTIME_DIR'] ?? `/run/user/${user}`;
  if (scope === 'user' ? existsSync(join(folder, 'systemd/private')) : existsSync('/run/systemd/system')) return null;
  const problem = existsSync('/run/systemd/system')
    ? `no systemd of user ${user} runs (${folder}/systemd/private is not there): \`loginctl enable-linger\` starts it, or log in as that user and not by su or sudo`
    : `systemd does not run here. Have whatever starts services on this machine run \`procsaver --daemon --instance ${instance}\`, ` +
      'not as a daemon of its own kind but in the foreground; start it again when it ends with another status than 0, 3 and 4; and end nothing but the process itself';
  return { ok: false, isForbidden: false, problem };
}

/** Without this a user's manager, and all that it runs, ends when he logs out. */
function lingering(scope: ServiceScope): string[] {
  if (scope === 'system') return [];
  const { username } = userInfo();
  return existsSync(join('/var/lib/systemd/linger', username)) ? [] : [`loginctl enable-linger ${username}`];
}

function notWritten(file: string, error: NodeJS.ErrnoException): Failed {
  const isForbidden = error.code === 'EACCES' || error.code === 'EPERM';
  return { ok: false, isForbidden, problem: `${file} cannot be written: ${error.message}` };
}
