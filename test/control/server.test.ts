import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../source/control/client.ts';
import { RequestRefused } from '../../source/control/failure.ts';
import { serveControl } from '../../source/control/server.ts';
import { emptyStatus, fakeEngine, fakeHandlers, rawClient, temporaryDirectory } from './fake-engine.ts';

const serve = (path: string) =>
  serveControl({ path, handlers: fakeHandlers(), peerOf: () => ({ uid: 0, user: 'root' }), report: () => {} });

test('the socket is for its owner only, in a directory in which nobody else may look or write', async () => {
  const engine = await fakeEngine();
  expect(statSync(engine.path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(engine.path)).mode & 0o777).toBe(0o711);
});

test('a directory in which others could look or write is closed to them', async () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o777);
  const engine = await fakeEngine({}, { path: join(directory, 'control.sock') });
  expect(statSync(dirname(engine.path)).mode & 0o777).toBe(0o711);
});

test('the socket is its owner’s from the first moment, whatever the umask', async () => {
  const usual = process.umask(0);
  try {
    const engine = await fakeEngine();
    expect(statSync(engine.path).mode & 0o777).toBe(0o600);
    expect(process.umask()).toBe(0);
  } finally {
    process.umask(usual);
  }
});

test('a socket on which nobody answers any more is replaced', async () => {
  const path = join(temporaryDirectory(), 'control.sock');
  // A listener in another process that is killed leaves its file behind.
  const listener = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  expect(() => execFileSync(process.execPath, ['-e', listener], { stdio: 'ignore' })).toThrow();
  expect(statSync(path).isSocket()).toBe(true);
  const server = await serve(path);
  await (await connectEngine(path)).call('status', { target: null });
  await server.close();
  expect(existsSync(path)).toBe(false);
});

test('a socket on which somebody answers is left alone', async () => {
  const engine = await fakeEngine();
  await expect(serve(engine.path)).rejects.toThrow(`an engine answers at ${engine.path} already`);
  expect(await (await connectEngine(engine.path)).call('status', { target: null })).toEqual(emptyStatus);
});

test('a file that is no socket is never removed', async () => {
  const path = join(temporaryDirectory(), 'control.sock');
  writeFileSync(path, 'somebody needs this');
  await expect(serve(path)).rejects.toThrow('is in the way and is no socket');
  expect(existsSync(path)).toBe(true);
});

test('a directory that is a link is refused: its target may belong to anyone', async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, 'real'));
  symlinkSync(join(home, 'real'), join(home, 'link'));
  await expect(serve(join(home, 'link', 'control.sock'))).rejects.toThrow('is no directory of its own');
});

test('a path that the system would cut off is refused with its length', async () => {
  const path = join(temporaryDirectory(), 'x'.repeat(100), 'control.sock');
  await expect(serve(path)).rejects.toThrow(/is \d+ bytes long, the system allows 107/);
});

test('the operator is whom the kernel names, whatever the message says', async () => {
  const operators: string[] = [];
  const engine = await fakeEngine({
    act: (request, { operator }) => {
      operators.push(operator);
      return { ok: true, affected: [request.target] };
    },
  });
  const client = await connectEngine(engine.path);
  await client.call('act', { verb: 'restart', target: 'shop' });
  expect(operators).toEqual(['ops1']);
});

test('a client whose user the kernel does not tell is turned away', async () => {
  const engine = await fakeEngine(
    {},
    {
      peerOf: () => {
        throw new Error('getsockopt: bad file descriptor');
      },
    },
  );
  expect(await rawClient(engine.path).next()).toBe('the connection ended');
  expect(engine.reports.join()).toContain('turned away');
});

test('a refusal reaches the client as it was said', async () => {
  const engine = await fakeEngine({
    params: () => {
      throw new RequestRefused('there is no process "shop/apii"; did you mean shop/api?');
    },
  });
  const client = await connectEngine(engine.path);
  await expect(client.call('params', { target: 'shop/apii' })).rejects.toThrow(
    new RequestRefused('there is no process "shop/apii"; did you mean shop/api?'),
  );
  expect(engine.reports).toEqual([]);
});

test('a mistake of the program is answered and reported, and the server goes on', async () => {
  const engine = await fakeEngine({
    status: () => {
      throw new TypeError('undefined is not a group');
    },
  });
  const client = await connectEngine(engine.path);
  await expect(client.call('status', { target: null })).rejects.toThrow('the engine made a mistake');
  expect(engine.reports.join()).toContain('undefined is not a group');
  expect(await client.call('reload', { dryRun: false })).toMatchObject({ ok: true });
});

test('close lets a client read its last answer', async () => {
  const closing = Promise.withResolvers<void>();
  const engine = await fakeEngine({
    shutdown: () => {
      setImmediate(() => void engine.close().then(closing.resolve));
      return {};
    },
  });
  const client = await connectEngine(engine.path);
  expect(await client.call('shutdown', {})).toEqual({});
  await closing.promise;
  expect(existsSync(engine.path)).toBe(false);
});

test('close does not wait for a client that reads nothing', async () => {
  const engine = await fakeEngine({ output: () => ['x'.repeat(2_000_000)] }, { limits: { farewellMs: 50 } });
  const client = rawClient(engine.path);
  client.socket.pause();
  client.send('{"jsonrpc":"2.0","id":1,"method":"output","params":{"target":"a/b","lines":1}}\n');
  await new Promise((done) => setTimeout(done, 50));
  await engine.close();
});

test('an engine that listens in a directory of another user is refused', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root can give a directory away');
  const directory = join(temporaryDirectory(), 'theirs');
  mkdirSync(directory);
  chownSync(directory, 1234, 1234);
  await expect(serve(join(directory, 'control.sock'))).rejects.toThrow('belongs to user 1234');
});

test('a server of something else at the place is not mistaken for a free one', async () => {
  const path = join(temporaryDirectory(), 'control.sock');
  const other = createServer().listen(path);
  await expect(serve(path)).rejects.toThrow('answers at');
  other.close();
});
