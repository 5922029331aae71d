import type { StallProbe } from '../ports/stall-prober.ts';
import type { Kind } from './field.ts';
import type { ProcessValues } from './fields.ts';
import type { StallProbeSpec, StallSpec } from './profile.ts';

/** The files whose change is a sign of life, as absolute paths. */
export type StallFiles = Pick<StallSpec, 'heartbeatFile' | 'outputFile'>;

/** The stall rules of a process. A rule of which a part is missing, as `defaults` may prepare it, is none. */
export function stallSpec(values: ProcessValues, kind: Kind, files: StallFiles): StallSpec {
  // The output of what something else starts is known where a file is named only.
  const hasOutput = kind === 'command' || files.outputFile !== null;
  const outputMs = hasOutput ? limitMs(values['stall.output']) : null;
  return {
    heartbeatMs: limitMs(values['stall.heartbeat']),
    outputMs,
    ...files,
    cpuUnchangedMs: limitMs(values['stall.cpu.unchangedFor']),
    spinning: spinningOf(values),
    blockedMs: limitMs(values['stall.blocked']),
    windowMs: limitMs(values['stall.window']),
    probe: probeSpec(values),
  };
}

function limitMs(written: number | 'off' | null): number | null {
  return written === 'off' ? null : written;
}

function spinningOf(values: ProcessValues): StallSpec['spinning'] {
  const abovePercent = values['stall.spinning.above'];
  const forMs = limitMs(values['stall.spinning.for']);
  return abovePercent === null || forMs === null ? null : { abovePercent, forMs };
}

function probeSpec(values: ProcessValues): StallProbeSpec | null {
  const probe = probeOf(values);
  const intervalMs = limitMs(values['stall.probe.interval']);
  if (probe === null || intervalMs === null) return null;
  return { probe, intervalMs, timeoutMs: values['stall.probe.timeout'], failures: values['stall.probe.failures'] };
}

function probeOf(values: ProcessValues): StallProbe | null {
  const { 'stall.probe.http': url, 'stall.probe.tcp': address } = values;
  const { 'stall.probe.run': run, 'stall.probe.nagios': nagios } = values;
  if (url !== null) return { kind: 'http', url };
  if (address !== null) return { kind: 'tcp', address };
  if (run !== null) return { kind: 'run', command: run };
  return nagios === null ? null : { kind: 'nagios', command: nagios };
}
