// One face for all systems. Only the files of the system that this runs on are ever loaded.
import type { FileGuard, OperatingSystem } from './system.ts';

export async function openSystem(): Promise<OperatingSystem> {
  return (await import('./linux/linux-system.ts')).linuxSystem;
}

/** For commands that read profiles and need nothing else of the system. */
export async function openFileGuard(): Promise<FileGuard> {
  return (await import('./linux/file-guard.ts')).linuxFileGuard;
}
