import type { FileGuard } from '../system.ts';

export const windowsFileGuard: FileGuard = {
  system: 'windows',
  isPowerful: false,
  whoElseMayWrite: () => null,
  remedy: 'icacls FILE /inheritance:r /grant Administrators:F SYSTEM:F',
  who: 'an administrator',
};
