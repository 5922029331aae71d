import type { ScriptRequest } from '../ports/script-runner.ts';
import type { LaunchRequest } from '../ports/spawner.ts';
import type { CommandSpec, ProcessSpec } from '../profile/profile.ts';

/** What every child inherits, and where its output goes. */
export interface Surroundings {
  /** The engine's own environment, less what is its private matter. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly outputDirectory: string;
  /** Value of NOTIFY_SOCKET. */
  readonly notifySocket: string;
}

/** `process` is the full name, `group/process`. */
export function launchRequest(
  spec: CommandSpec,
  process: string,
  slot: number,
  launch: string,
  surroundings: Surroundings,
): LaunchRequest {
  return {
    launch,
    command: spec.command,
    directory: spec.directory,
    environment: {
      ...inherited(spec, surroundings),
      ...ownWords(process, slot, surroundings),
      ...heartbeatWords(spec),
      ...spec.environment,
    },
    user: spec.user,
    group: spec.group,
    umask: spec.umask,
    nice: spec.nice,
    outputFile: outputFile(spec, process, slot, surroundings),
    allowsCore: spec.dump.some((kind) => kind !== 'stack'),
    ...(spec.dump.some((kind) => kind === 'core' || kind === 'full') ? { wantsWholeCore: true } : {}),
  };
}

/** What the profile says of a program: of one that has died the system says nothing any more, and a core lies where it worked. */
export function programFacts(spec: ProcessSpec): Readonly<Record<string, unknown>> {
  const { directory, user, environment } = spec;
  return { command: spec.kind === 'command' ? spec.command : null, directory, user, environment };
}

/** A restart script (`launch`: its mark) or a stop command; `extra` tells it what it is about. */
export function scriptRequest(
  spec: ProcessSpec,
  command: readonly string[],
  process: string,
  purpose: string,
  extra: Readonly<Record<string, string>>,
  launch: string | null,
  surroundings: Surroundings,
): ScriptRequest {
  return {
    launch,
    command,
    directory: spec.directory,
    environment: { ...inherited(spec, surroundings), ...named(process, 1), ...spec.environment, ...extra },
    user: spec.user,
    group: spec.group,
    umask: spec.umask,
    nice: spec.nice,
    outputFile: `${surroundings.outputDirectory}/${fileName(process)}.${purpose}.log`,
  };
}

/** A program that the profile has run when a group gives up; it runs as the engine. */
export function escalationRequest(
  command: readonly string[],
  group: string,
  reason: string,
  surroundings: Surroundings,
): ScriptRequest {
  return {
    launch: null,
    command,
    directory: null,
    environment: { ...surroundings.environment, PROCSAVER_GROUP: group, PROCSAVER_REASON: reason },
    user: null,
    group: null,
    umask: null,
    nice: null,
    outputFile: `${surroundings.outputDirectory}/${group}.escalation.log`,
  };
}

/** Where the output of one slot is written. */
export function outputFile(spec: ProcessSpec, process: string, slot: number, surroundings: Surroundings): string {
  return (
    spec.output.file?.replaceAll('%n', String(slot)) ??
    `${surroundings.outputDirectory}/${fileName(process)}.${slot}.log`
  );
}

/** The output that belongs into evidence; empty: of what it did not start the engine holds none. */
export function keptOutput(spec: ProcessSpec, process: string, slot: number, surroundings: Surroundings): string {
  return spec.kind === 'command' ? outputFile(spec, process, slot, surroundings) : '';
}

/** The files whose change is a sign of life: of the rule `heartbeat`, null where it has none, and of `output`. */
export function signFiles(spec: ProcessSpec, process: string, slot: number, surroundings: Surroundings) {
  const { heartbeatFile, outputFile: written } = spec.stall;
  const own = (path: string | null): string | null => path?.replaceAll('%n', String(slot)) ?? null;
  return {
    heartbeatFile: own(heartbeatFile),
    outputFile: own(written) ?? outputFile(spec, process, slot, surroundings),
  };
}

/** Names hold no slash of their own, so this is unique. */
function fileName(process: string): string {
  return process.replace('/', '.');
}

/** Whom these tell about the engine's own user they would mislead another one's programs; the spawner sets that user's. */
const ownVariables: ReadonlySet<string> = new Set(['HOME', 'LOGNAME', 'MAIL', 'SHELL', 'USER', 'XDG_RUNTIME_DIR']);

function inherited(spec: ProcessSpec, surroundings: Surroundings): Readonly<Record<string, string>> {
  if (spec.user === null) return surroundings.environment;
  return Object.fromEntries(Object.entries(surroundings.environment).filter(([name]) => !ownVariables.has(name)));
}

/** What a child's environment says of whose it is; a script is told nothing of the socket. */
export function ownWords(process: string, slot: number, { notifySocket }: Surroundings): Record<string, string> {
  // Windows has no such socket, and a variable with nothing in it would only mislead.
  return { ...(notifySocket === '' ? {} : { NOTIFY_SOCKET: notifySocket }), ...named(process, slot) };
}

/** How often it is to say that it lives, as sd_watchdog_enabled(3) reads it: in microseconds, at least twice within it. */
function heartbeatWords({ stall }: CommandSpec): Record<string, string> {
  return stall.heartbeatMs === null ? {} : { WATCHDOG_USEC: String(stall.heartbeatMs * 1_000) };
}

function named(process: string, slot: number): Record<string, string> {
  return { PROCSAVER_PROCESS: process, PROCSAVER_SLOT: String(slot) };
}
