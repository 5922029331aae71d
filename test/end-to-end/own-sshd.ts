// An ssh server of one test's own: keys, port and configuration in its folder, this user alone, nothing of the machine's.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { freePort } from './free-port.ts';
import { run } from './program.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const sshd = '/usr/sbin/sshd';

/** Why there can be none here; null: there can. */
export function noSshd(): string | null {
  if (!existsSync(sshd)) return 'there is no /usr/sbin/sshd (Debian package openssh-server)';
  if (!existsSync('/usr/bin/ssh')) return 'there is no /usr/bin/ssh (Debian package openssh-client)';
  return null;
}

/** Starts it and returns the command that logs in here, up to the words that are to be run there. */
export async function startSshd(place: Workplace): Promise<readonly string[]> {
  const folder = place.folder('ssh');
  // As root it drops its rights in there; Debian's own service makes it at its start.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const { username } = userInfo();
  const keys = { host: `${folder}/host`, user: `${folder}/user` };
  for (const file of Object.values(keys)) {
    const made = await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file], place);
    if (made.status !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
  }
  const port = await freePort();
  const configuration = place.write(
    'ssh/sshd_config',
    [
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${keys.host}`,
      `AuthorizedKeysFile ${keys.user}.pub`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      `AllowUsers ${username}`,
      'PermitRootLogin prohibit-password',
      'PrintMotd no',
      'PrintLastLog no',
      '',
    ].join('\n'),
  );
  const server = spawn(sshd, ['-D', '-e', '-f', configuration], {
    env: place.environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let hasEnded = false;
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  server.once('exit', () => {
    hasEnded = true;
  });
  place.afterwards(() => void server.kill());
  await until('an ssh server that listens', () => {
    if (hasEnded) throw new Error(`sshd ended at once: ${said}`);
    return listens(port);
  });
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'LogLevel=ERROR'];
  return [
    ...['ssh', '-tt', '-F', '/dev/null', '-p', String(port), '-i', keys.user],
    ...options.flatMap((option) => ['-o', option]),
    `${username}@127.0.0.1`,
  ];
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
