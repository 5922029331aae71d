import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DaemonServiceName, DaemonServices, ServiceOutcome } from '../../platform/daemon-service.ts';
import { openDaemonServices } from '../../platform/open-system.ts';
import type { Call, Context, Run } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { CommandFailure, wrongUsage } from '../failure.ts';

type Act = (services: DaemonServices, name: DaemonServiceName, call: Call, context: Context) => ExitStatus;

const actions: Readonly<Record<string, Act>> = { install, uninstall, status };

/** The daemon itself as a service of the operating system. */
export const run: Run = async (call, context) => {
  const [word = '', ...rest] = call.rest;
  const act = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (act === undefined) throw wrongUsage('noServiceWord', { word });
  const command = `service ${word}`;
  const [surplus] = rest;
  if (surplus !== undefined && act !== install) throw wrongUsage('surplusArgument', { command, argument: surplus });
  if (call.flags.now === true && act !== install)
    throw wrongUsage('flagOfOthers', { flag: '--now', command, others: 'service install' });
  const isOwn = call.flags.user === true || context.surroundings.uid !== 0;
  const services = await openDaemonServices();
  return act(
    services,
    { instance: context.places.instance, scope: isOwn ? 'user' : 'system' },
    { ...call, rest },
    context,
  );
};

function install(services: DaemonServices, name: DaemonServiceName, call: Call, context: Context): ExitStatus {
  const { directory, environment } = context.surroundings;
  const profiles = call.rest.map((path) => resolve(directory, path));
  const absent = profiles.find((path) => !existsSync(path));
  if (absent !== undefined) throw new CommandFailure(exitStatus.badProfile, 'noSuchProfile', { path: absent });
  const home = environment['PROCSAVER_HOME'] ?? '';
  const { service, place, next } = done(
    services.install({
      ...name,
      profiles,
      home: home === '' ? null : resolve(directory, home),
      language: context.language,
      isStarted: call.flags.now === true,
    }),
  );
  if (call.flags.json) context.printJson({ service, place, next });
  else {
    context.print(context.say('serviceInstalled', { service, place }));
    for (const command of next) context.print(context.say('serviceNext', { command }));
  }
  return exitStatus.done;
}

function uninstall(services: DaemonServices, name: DaemonServiceName, call: Call, context: Context): ExitStatus {
  const { service, place } = done(services.uninstall(name));
  if (call.flags.json) context.printJson({ service, place });
  else context.print(context.say('serviceUninstalled', { service, place }));
  return exitStatus.done;
}

/** Ends as `status` does: with 3 where something does not run that should. */
function status(services: DaemonServices, name: DaemonServiceName, call: Call, context: Context): ExitStatus {
  const seen = done(services.status(name));
  const { service, isInstalled, isEnabled, isRunning, pid, words } = seen;
  if (call.flags.json) context.printJson(seen);
  else if (!isInstalled) context.print(context.say('serviceNotInstalled', { service }));
  else {
    context.print(context.say(isEnabled ? 'serviceEnabled' : 'serviceDisabled', { service, words }));
    if (pid !== null) context.print(context.say('servicePid', { pid }));
  }
  return isInstalled && isRunning ? exitStatus.done : exitStatus.notWell;
}

function done<Value>(outcome: ServiceOutcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  const { isForbidden, problem } = outcome;
  throw new CommandFailure(isForbidden ? exitStatus.notPermitted : exitStatus.failed, 'serviceProblem', { problem });
}
