import { expect, test } from 'vitest';
import { type Place, readAccess, strangersIn } from '../../../source/platform/windows/access-text.ts';

const trusted = new Set(['SY', 'BA', 'CO', 'S-1-5-21-1-2-3-1001']);
const strangers = (text: string, place: Place) => strangersIn(readAccess(text), place, trusted);

test("a file that only administrators change is nobody else's", () => {
  expect(strangers('O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)', 'file')).toEqual([]);
});

test.each([
  ['O:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;AU)', 'file', ['AU']],
  ['O:BAD:(A;;FW;;;WD)', 'file', ['WD']],
  ['O:BAD:(A;;CCDC;;;BU)', 'file', ['BU']],
  ['O:BAD:(D;;FA;;;BU)', 'file', []],
  ['O:S-1-5-21-9-9-9-1002D:(A;;FA;;;BA)', 'file', ['S-1-5-21-9-9-9-1002']],
  ['O:S-1-5-21-1-2-3-1001D:(A;;FA;;;BA)', 'file', []],
  ['O:BA', 'file', ['everybody']],
  ['O:BAD:NO_ACCESS_CONTROL', 'file', ['everybody']],
  // C:\ProgramData: users may add files, which is no harm above a folder that they may not, but is beside a profile.
  ['O:SYD:(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)', 'above', []],
  ['O:SYD:(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)', 'nearest', ['BU']],
  // C:\: what users may do to folders that they make themselves.
  ['O:SYD:(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)', 'above', []],
] as const)('%s, %s', (text, place, expected) => {
  expect(strangers(text, place)).toEqual(expected);
});
