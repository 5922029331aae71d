import { readFile } from 'node:fs/promises';

/** <net/tcp_states.h> */
const tcpStates = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'NEW_SYN_RECV',
];
/** Lines of one table that are looked at in one turn of the event loop. */
const linesPerTurn = 2_000;

/** The sockets among `inodes` in the network namespace of a process, each in words. */
export async function describeSockets(pid: number, inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6', 'unix']) {
    if (found.size === inodes.size) break;
    const text = await readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '');
    const describe = table === 'unix' ? unixLine : (line: string) => netLine(table, line);
    for (const [number, line] of text.split('\n').entries()) {
      if (number % linesPerTurn === linesPerTurn - 1) await new Promise(setImmediate);
      const socket = describe(line);
      if (socket !== null && inodes.has(socket.inode)) found.set(socket.inode, socket.words);
    }
  }
  return found;
}

interface Socket {
  readonly inode: string;
  readonly words: string;
}

/** `sl local remote state tx:rx timer:when retransmits uid timeout inode`. */
function netLine(table: string, line: string): Socket | null {
  const [, local = '', remote = '', state = '', queues = '', , , , , inode = ''] = line.trim().split(/\s+/);
  if (!/^\d+$/.test(inode)) return null;
  const [sending = 0, receiving = 0] = queues.split(':').map((hex) => Number.parseInt(hex, 16));
  const kind = table.startsWith('tcp') ? ` ${tcpStates[Number.parseInt(state, 16)] ?? state}` : '';
  const waiting = sending + receiving === 0 ? '' : `, ${sending} bytes to send, ${receiving} to read`;
  return { inode, words: `${table}${kind} ${address(local)} -> ${address(remote)}${waiting}` };
}

/** Words of four bytes in the byte order of the machine, which is little-endian wherever we run. */
export function address(hex: string): string {
  const [host = '', port = ''] = hex.split(':');
  const bytes = (host.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  const number = Number.parseInt(port, 16);
  if (bytes.length === 4) return `${bytes.map((byte) => Number.parseInt(byte, 16)).join('.')}:${number}`;
  const groups = bytes.join('').match(/.{4}/g) ?? [];
  const text = groups.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':');
  return `[${text.replace(/(?:^|:)0(?::0)+(?:$|:)/, '::')}]:${number}`;
}

const unixStates = ['', 'unconnected', 'connecting', 'connected', 'disconnecting'];

/** `Num RefCount Protocol Flags Type St Inode Path`; __SO_ACCEPTCON of <linux/net.h> in the flags: it listens. */
function unixLine(line: string): Socket | null {
  const [, , , flags = '', , state = '', inode = '', path = ''] = line.trim().split(/\s+/);
  if (!/^\d+$/.test(inode)) return null;
  const listens = (Number.parseInt(flags, 16) & 0x10000) !== 0;
  return {
    inode,
    words: `unix ${listens ? 'listening' : (unixStates[Number.parseInt(state, 16)] ?? state)} ${path}`.trimEnd(),
  };
}
