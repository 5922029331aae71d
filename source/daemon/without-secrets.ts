// What the engine tells goes out by here, and the secrets of a process stay in. What it knows itself is left as it is.
import type { SaveDifference } from '../control/protocol.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import type { ProcessStatus, StallStatus } from '../engine/status.ts';
import type { Notice } from '../notices/notice.ts';
import { secretsOf as secretsOfSpec } from '../profile/process-secrets.ts';
import type { WrittenValue } from '../profile/profile.ts';
import { Masks } from '../profile/secrets.ts';

/** Of the process as it is in force; null where it has none, and nothing is looked through. */
export function secretsOf(process: ProcessRecord | undefined): Masks | null {
  return process === undefined ? null : secretsOfSpec(process.spec);
}

export function masked<Text extends string | null>(text: Text, secrets: Masks | null): Text {
  return text === null || secrets === null ? text : (secrets.freeText(text) as Text);
}

/** What it said, what its probes and scripts wrote, what was set. */
export function noticeWithoutSecrets(notice: Notice, process: ProcessRecord | undefined): Notice {
  const secrets = secretsOf(process);
  // A value that is set or unset may have been the only secret.
  const isSet = notice.id === 'operator.changed';
  if (secrets === null && !isSet) return notice;
  const parameters = Object.entries(notice.parameters).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const;
    return [name, masked(isSet ? new Masks([]).commandText(value) : value, secrets)] as const;
  });
  return { ...notice, parameters: Object.fromEntries(parameters) };
}

export function statusWithoutSecrets(status: ProcessStatus, process: ProcessRecord | undefined): ProcessStatus {
  const secrets = secretsOf(process);
  if (secrets === null) return status;
  const overrides = Object.entries(status.overrides).map(([name, set]) => {
    const value = typeof set.value === 'string' ? secrets.commandText(set.value) : secrets.value(set.value);
    return [name, { ...set, value: value as WrittenValue }] as const;
  });
  return {
    ...status,
    says: masked(status.says, secrets),
    lastFailure: masked(status.lastFailure, secrets),
    why: masked(status.why, secrets),
    stall: status.stall.map((timer) => timerWithoutSecrets(timer, secrets)),
    overrides: Object.fromEntries(overrides),
  };
}

/** What its probe has said last. */
export function timerWithoutSecrets(timer: StallStatus, secrets: Masks | null): StallStatus {
  return timer.probe === undefined
    ? timer
    : { ...timer, probe: { ...timer.probe, text: masked(timer.probe.text, secrets) } };
}

/** The lines round a change may be another process's. */
export function differenceWithoutSecrets(difference: SaveDifference, state: EngineState): SaveDifference {
  if (!difference.ok) return difference;
  const all = state.processes.map(secretsOf).filter((secrets) => secrets !== null);
  const files = difference.files.map(({ file, lines }) => ({
    file,
    lines: lines.map((line) => all.reduce((text, secrets) => secrets.text(text), line)),
  }));
  return { ...difference, files };
}
