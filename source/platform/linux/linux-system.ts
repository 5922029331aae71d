import type { OperatingSystem } from '../system.ts';
import { lookAtLiveThreads } from './evidence/live-threads.ts';
import { lockInstance } from './instance-lock.ts';
import { peerOf } from './peer-credentials.ts';
import { openPlatform, whyUnsupported } from './platform.ts';
import { createServiceNotifier } from './service-notify.ts';

export const linuxSystem: OperatingSystem = {
  whyUnsupported,
  lockInstance,
  openPlatform,
  peerOf,
  lookAtLiveThreads,
  createServiceNotifier,
  openSinks: () => [],
};
