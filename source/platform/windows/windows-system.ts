import { release } from 'node:os';
import type { OperatingSystem } from '../system.ts';
import { EventLogSink } from './event-log-sink.ts';
import { lockInstance } from './instance-lock.ts';
import { lookAtLiveThreads } from './live-threads.ts';
import { createServiceNotifier } from './own-service.ts';
import { listenOnPipe, peerOf } from './pipe-entrance.ts';
import { openPlatform } from './platform.ts';

/** Windows 10 and Server 2016 are the oldest that Node runs on. */
const oldest = 10;

function whyUnsupported(): string | null {
  return Number.parseInt(release(), 10) >= oldest
    ? null
    : `procsaver needs Windows 10 or Windows Server 2016; this is ${release()}. Update Windows.`;
}

export const windowsSystem: OperatingSystem = {
  whyUnsupported,
  lockInstance,
  openPlatform,
  peerOf,
  listenOnPipe,
  lookAtLiveThreads,
  createServiceNotifier,
  openSinks: (instance) => [new EventLogSink(instance)],
};
