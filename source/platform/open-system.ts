// One face for all systems. Only the files of the system that this runs on are ever loaded.
import type { DaemonServices } from './daemon-service.ts';
import type { FileGuard, OperatingSystem } from './system.ts';

export async function openSystem(): Promise<OperatingSystem> {
  if (process.platform === 'win32') return (await import('./windows/windows-system.ts')).windowsSystem;
  return (await import('./linux/linux-system.ts')).linuxSystem;
}

/** For commands that read profiles and need nothing else of the system. */
export async function openFileGuard(): Promise<FileGuard> {
  if (process.platform === 'win32') return (await import('./windows/file-guard.ts')).windowsFileGuard;
  return (await import('./linux/file-guard.ts')).linuxFileGuard;
}

/** For the command that makes a service of the daemon. */
export async function openDaemonServices(): Promise<DaemonServices> {
  if (process.platform === 'win32') return (await import('./windows/daemon-service.ts')).windowsDaemonServices;
  return (await import('./linux/daemon-service.ts')).systemdDaemonServices;
}
