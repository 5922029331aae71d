import type { FileGuard } from '../system.ts';
import { whoElseMayWrite } from './safe-file.ts';

export const linuxFileGuard: FileGuard = {
  system: 'linux',
  isPowerful: process.getuid?.() === 0,
  whoElseMayWrite,
  remedy: 'chown root and chmod go-w',
  who: 'root',
};
