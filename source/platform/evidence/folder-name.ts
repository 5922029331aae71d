import type { EvidenceRequest, IncidentReason } from '../../ports/evidence.ts';

/** Names of folders under way, and of such that are being removed: hidden, and removed when the engine starts. */
export const takingPrefix = '.taking-';
export const removingPrefix = '.removing-';

/** `stall-output`, `down-SIGSEGV`, `down-exit-1`, `rule-memory`, `asked`, `failed`. */
export function reasonWord(reason: IncidentReason): string {
  switch (reason.kind) {
    case 'stall':
      return `stall-${reason.rule}`;
    case 'rule':
      return `rule-${reason.metric}`;
    case 'asked':
    case 'failed':
      return reason.kind;
    case 'down': {
      const { exit } = reason;
      if ('code' in exit) return `down-exit-${exit.code}`;
      return 'signal' in exit ? `down-${exit.signal}` : 'down';
    }
  }
}

/** UTC, to the millisecond, without signs that a file system or a shell minds: 20261123T184501.123Z. */
function timeWord(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]/g, '');
}

/** Names of groups and processes are checked by the profile; whatever else comes may not leave the folder. */
const plain = (word: string): string => word.replace(/[^A-Za-z0-9._+-]/g, '_').slice(0, 64);

export function folderName(request: EvidenceRequest): string {
  const [group = '', name = ''] = request.process.split('/', 2);
  const slot = request.slot > 1 ? `.${request.slot}` : '';
  return `${timeWord(request.atMs)}-${plain(group)}-${plain(name)}${slot}-${plain(reasonWord(request.reason))}`;
}

/** The name of an incident's folder, and of nothing else that may lie beside it. */
export function isFolderName(name: string): boolean {
  return /^\d{8}T\d{6}\.\d{3}Z-[A-Za-z0-9._+-]+$/.test(name);
}
