import { dirname, resolve } from 'node:path';
import { isElevated } from '../../../native-bindings/windows/owner.ts';
import { securityOfFile } from '../../../native-bindings/windows/security-text.ts';
import type { FileGuard } from '../system.ts';
import { type Place, readAccess, strangersIn } from './access-text.ts';
import { ownSid } from './own-access.ts';

/** Who may change anything anyway: the system, administrators (of the machine, the domain, the forest), the installer of Windows, an owner as such. */
const alwaysTrusted = [
  ...['SY', 'BA', 'LA', 'DA', 'EA', 'CO', 'OW', 'S-1-3-0', 'S-1-3-4'],
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
];

/** People know their groups by these names. */
const names: Readonly<Record<string, string>> = {
  WD: 'everybody',
  AU: 'everybody who has logged in',
  BU: 'all users',
  IU: 'everybody at this machine',
  PU: 'power users',
};

/** The file, its folder, and each folder above: whoever may replace one of them decides what is read. */
function whoElseMayWrite(path: string): string | null {
  const own = ownSid();
  const trusted = new Set(own === null ? alwaysTrusted : [...alwaysTrusted, own]);
  const places: [string, Place][] = [[resolve(path), 'file']];
  for (let folder = dirname(resolve(path)); folder !== places.at(-1)?.[0]; folder = dirname(folder))
    places.push([folder, places.length === 1 ? 'nearest' : 'above']);
  for (const [place, kind] of places) {
    const text = securityOfFile(place);
    // What is not there is nobody's; what may not be asked was made by somebody more powerful.
    if (typeof text === 'number') continue;
    const [stranger] = strangersIn(readAccess(text), kind, trusted);
    if (stranger !== undefined) return `${place} may be written by ${names[stranger] ?? stranger}`;
  }
  return null;
}

export const windowsFileGuard: FileGuard = {
  system: 'windows',
  get isPowerful() {
    return isElevated();
  },
  whoElseMayWrite,
  remedy: 'icacls FILE /inheritance:r /grant *S-1-5-18:F *S-1-5-32-544:F, and the same for its folder',
  who: 'an administrator',
};
