import { ownerOf } from '../../../native-bindings/windows/owner.ts';

/** Local System and the group of administrators, in the words of SDDL. */
const powerful = ['SY', 'BA'];

/** The account that this process runs as. */
export function ownSid(): string | null {
  const owner = ownerOf(process.pid);
  return typeof owner === 'number' ? null : owner.sid;
}

/** SDDL: the account of the engine, administrators and the system may do all of it, nobody else anything. `flags`: what is made below takes it over. */
export function onlyOurs(rights: 'GA' | 'FA', flags = ''): string {
  const sid = ownSid();
  const accounts = sid === null ? powerful : [...powerful, sid];
  return `D:P${accounts.map((account) => `(A;${flags};${rights};;;${account})`).join('')}`;
}
