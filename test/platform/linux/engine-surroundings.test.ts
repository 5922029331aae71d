// What the engine's own process needs of the system: lock, peers, service manager, safety of files, figures.
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeDescriptor } from '../../../native-bindings/linux/pidfd.ts';
import { bindDatagramSocket, DatagramReceiver } from '../../../native-bindings/linux/unix-socket.ts';
import { lockInstance } from '../../../source/platform/linux/instance-lock.ts';
import { peerOf } from '../../../source/platform/linux/peer-credentials.ts';
import { whoElseMayWrite } from '../../../source/platform/linux/safe-file.ts';
import { createServiceNotifier } from '../../../source/platform/linux/service-notify.ts';
import { program } from './workshop.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'procsaver-engine-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of an instance', () => {
  test('is refused to a second engine, with the pid of the first', () => {
    const file = join(folder, 'made', 'engine.lock');
    const first = lockInstance(file);
    expect(first.ok).toBe(true);
    expect(lockInstance(file)).toEqual({
      ok: false,
      pid: process.pid,
      problem: expect.stringContaining(`pid ${process.pid}`),
    });
    if (first.ok) first.release();
    const second = lockInstance(file);
    expect(second.ok).toBe(true);
    if (second.ok) second.release();
  });

  test('is let go of by the kernel after kill -9, although a child of the engine lives on', async () => {
    const file = join(folder, 'engine.lock');
    const engine = spawn(process.execPath, [program('engine-with-lock.ts'), file, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const child = await new Promise<number>((resolve) =>
      engine.stdout.once('data', (data: Buffer) => resolve(Number(data))),
    );
    expect(lockInstance(file)).toMatchObject({ ok: false, pid: engine.pid });
    const dead = new Promise((resolve) => engine.once('exit', resolve));
    engine.kill('SIGKILL');
    await dead;
    const next = lockInstance(file);
    expect(next.ok).toBe(true);
    if (next.ok) next.release();
    process.kill(child, 'SIGKILL');
  });

  test('says why where no file can be made', () => {
    expect(lockInstance('/proc/no/engine.lock')).toEqual({
      ok: false,
      pid: null,
      problem: expect.stringContaining('cannot be opened'),
    });
  });
});

test('the peer of a control socket is known from the kernel', async () => {
  const path = join(folder, 'control.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, () => resolve()));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const client = createConnection(path);
  const socket = await accepted;
  expect(peerOf(socket)).toEqual({
    user: execFileSync('id', ['-un'], { encoding: 'utf8' }).trim(),
    uid: process.getuid?.(),
    pid: process.pid,
  });
  socket.destroy();
  expect(() => peerOf(socket)).toThrow('closed');
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('the service manager', () => {
  test.each(['path', 'abstract name'])('hears by %s that we are ready, alive, and stopping', (kind) => {
    const address = kind === 'path' ? join(folder, 'notify.sock') : `@procsaver-test-${process.pid}`;
    const manager = bindDatagramSocket(address);
    const receiver = new DatagramReceiver();
    const environment = {
      NOTIFY_SOCKET: address,
      WATCHDOG_USEC: '30000000',
      WATCHDOG_PID: String(process.pid),
      PATH: '/bin',
    };
    const notifier = createServiceNotifier(environment);
    expect(environment).toEqual({ PATH: '/bin' });
    expect(notifier.watchdogIntervalMs).toBe(15_000);
    notifier.ready('3 groups');
    notifier.watchdog();
    notifier.stopping();
    const heard = [receiver.receive(manager), receiver.receive(manager), receiver.receive(manager)];
    const sender = { pid: process.pid, uid: process.getuid?.(), gid: process.getgid?.() };
    expect(heard).toEqual([
      { text: `READY=1\nMAINPID=${process.pid}\nSTATUS=3 groups`, isCut: false, sender },
      { text: 'WATCHDOG=1', isCut: false, sender },
      { text: 'STOPPING=1', isCut: false, sender },
    ]);
    expect(receiver.receive(manager)).toBeLessThan(0);
    closeDescriptor(manager);
  });

  test('is not missed where there is none', () => {
    const notifier = createServiceNotifier({ WATCHDOG_USEC: '1000', WATCHDOG_PID: '1' });
    notifier.ready('alone');
    expect(notifier.watchdogIntervalMs).toBeNull();
    createServiceNotifier({ NOTIFY_SOCKET: '/no/such/socket' }).stopping();
  });
});

describe.skipIf(process.geteuid?.() !== 0)('a file that root is to obey', () => {
  const file = () => join(folder, 'deep', 'profile.yaml');
  beforeEach(() => {
    mkdirSync(join(folder, 'deep'), { mode: 0o755 });
    writeFileSync(file(), '', { mode: 0o644 });
  });

  test('is safe when only root may write it and all above it', () => {
    expect(whoElseMayWrite(file())).toBeNull();
    expect(whoElseMayWrite('/etc/passwd')).toBeNull();
    expect(whoElseMayWrite(join(folder, 'missing'))).toBeNull();
  });

  test('is unsafe when others may write it, or it is theirs', () => {
    chmodSync(file(), 0o646);
    expect(whoElseMayWrite(file())).toBe(`${file()} may be written by everybody`);
    chmodSync(file(), 0o664);
    chownSync(file(), 0, 1);
    expect(whoElseMayWrite(file())).toBe(`${file()} may be written by group 1`);
    chownSync(file(), 65534, 0);
    expect(whoElseMayWrite(file())).toBe(`${file()} belongs to user 65534`);
  });

  test('is unsafe in a folder where others may put another in its place, unless that is sticky', () => {
    chmodSync(join(folder, 'deep'), 0o777);
    expect(whoElseMayWrite(file())).toBe(`${join(folder, 'deep')} may be written by everybody`);
    chmodSync(join(folder, 'deep'), 0o1777);
    expect(whoElseMayWrite(file())).toBeNull();
    chmodSync(join(folder, 'deep'), 0o755);
    chownSync(folder, 65534, 0);
    expect(whoElseMayWrite(file())).toBe(`${folder} belongs to user 65534`);
  });

  test('is as safe as where its symbolic links lead', () => {
    const link = join(folder, 'link');
    symlinkSync('deep', link);
    expect(whoElseMayWrite(join(link, 'profile.yaml'))).toBeNull();
    chmodSync(file(), 0o666);
    expect(whoElseMayWrite(join(link, 'profile.yaml'))).toBe(`${file()} may be written by everybody`);
    const loop = join(folder, 'loop');
    symlinkSync('loop', loop);
    expect(whoElseMayWrite(loop)).toContain('too many symbolic links');
  });
});
