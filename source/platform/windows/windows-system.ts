import { release } from 'node:os';
import type { OperatingSystem, Peer } from '../system.ts';
import { EventLogSink } from './event-log-sink.ts';
import { lockInstance } from './instance-lock.ts';
import { lookAtLiveThreads } from './live-threads.ts';
import { createServiceNotifier } from './own-service.ts';
import { openPlatform } from './platform.ts';

/** Windows 10 and Server 2016 are the oldest that Node runs on. */
const oldest = 10;

function whyUnsupported(): string | null {
  return Number.parseInt(release(), 10) >= oldest
    ? null
    : `procsaver needs Windows 10 or Windows Server 2016; this is ${release()}. Update Windows.`;
}

/** The access list of the pipe lets in nobody but the engine's account, administrators and the system. */
function peerOf(): Peer {
  return { user: process.env['USERNAME'] ?? 'administrator', uid: 0, pid: 0 };
}

export const windowsSystem: OperatingSystem = {
  whyUnsupported,
  lockInstance,
  openPlatform,
  peerOf,
  lookAtLiveThreads,
  createServiceNotifier,
  openSinks: (instance) => [new EventLogSink(instance)],
};
