// The unit by which systemd runs the daemon: systemd.unit(5), systemd.service(5).
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ServiceScope } from '../../ports/service-manager.ts';
import { type DaemonServiceName, daemonServiceName, type InstallPlan } from '../daemon-service.ts';

export function unitOf({ instance }: DaemonServiceName): string {
  return `${daemonServiceName(instance)}.service`;
}

/** Where an administrator, or a user, puts units of his own. */
export function unitFile(name: DaemonServiceName, environment: NodeJS.ProcessEnv): string {
  return join(unitFolder(name.scope, environment), unitOf(name));
}

/** What `systemctl enable` makes; a manager that looks for units elsewhere than usual does not tell of it. */
export function wantedLink(name: DaemonServiceName, environment: NodeJS.ProcessEnv): string {
  return join(unitFolder(name.scope, environment), `${targetOf(name.scope)}.wants`, unitOf(name));
}

function targetOf(scope: ServiceScope): string {
  return scope === 'system' ? 'multi-user.target' : 'default.target';
}

function unitFolder(scope: ServiceScope, environment: NodeJS.ProcessEnv): string {
  if (scope === 'system') return '/etc/systemd/system';
  const configuration = environment['XDG_CONFIG_HOME'];
  return join(configuration?.startsWith('/') ? configuration : join(homedir(), '.config'), 'systemd/user');
}

/** `program`: what runs the daemon, before its own words. */
export function unitText(plan: InstallPlan, program: readonly string[]): string {
  const words = [...program, '--daemon', '--instance', plan.instance, '--lang', plan.language, ...plan.profiles];
  const isSystem = plan.scope === 'system';
  return `# Written by procsaver service install; procsaver service uninstall takes it away.
[Unit]
Description=procsaver keeps programs alive (instance ${plan.instance})
${isSystem ? 'After=network.target\n' : ''}
[Service]
Type=notify
ExecStart=${words.map(commandWord).join(' ')}
ExecReload=kill -HUP $MAINPID
${plan.home === null ? '' : `Environment=${unitWord(`PROCSAVER_HOME=${plan.home}`)}\n`}# What it watches lives on without it, and the next one takes it over.
KillMode=process
WatchdogSec=30s
Restart=on-failure
RestartSec=1s
# 3: a process was given up and whatever watches the daemon is to act. 4: the profile is wrong, which another start does not mend.
RestartPreventExitStatus=3 4

[Install]
WantedBy=${targetOf(plan.scope)}
`;
}

/** One word of a command in a unit, taken as it is: systemd expands % and $ there. */
function commandWord(word: string): string {
  return unitWord(word.replaceAll('$', '$$$$'));
}

/** Whatever it is for: % is expanded, blanks split, and backslashes and quotation marks mean something. */
function unitWord(word: string): string {
  const plain = word.replaceAll('%', '%%');
  return /[\s"'\\;]/.test(plain) ? `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : plain;
}
