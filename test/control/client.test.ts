import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { connectEngine, engineClient } from '../../source/control/client.ts';
import { EngineGone, NoEngine, NotPermitted } from '../../source/control/failure.ts';
import { fakeEngine, temporaryDirectory } from './fake-engine.ts';

test('no socket, no directory, a dead socket: no engine', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'file'), '');
  await expect(connectEngine(join(directory, 'control.sock'))).rejects.toThrow(NoEngine);
  await expect(connectEngine(join(directory, 'nowhere', 'control.sock'))).rejects.toThrow(NoEngine);
  await expect(connectEngine(join(directory, 'file'))).rejects.toThrow(NoEngine);
  await expect(connectEngine(join(directory, 'file', 'control.sock'))).rejects.toThrow(NoEngine);
});

test('a socket of somebody else: not permitted', async ({ skip }) => {
  const engine = await fakeEngine();
  if (process.getuid?.() === 0) skip('root may do everything');
  chmodSync(engine.path, 0);
  await expect(connectEngine(engine.path)).rejects.toThrow(NotPermitted);
});

test('what is under way when the engine dies is rejected, and whoever listens is told once', async () => {
  const engine = await fakeEngine({ output: () => new Promise(() => {}) }, { limits: { farewellMs: 10 } });
  const client = await connectEngine(engine.path);
  let closed = 0;
  client.onClose(() => {
    closed += 1;
  });
  const call = client.call('output', { target: 'a/b', lines: 1 });
  const rejected = expect(call).rejects.toThrow(EngineGone);
  await client.call('status', { target: null });
  await engine.close();
  await rejected;
  await expect(client.call('status', { target: null })).rejects.toThrow('the engine closed the connection');
  client.close();
  expect(closed).toBe(1);
});

test('an engine that does not answer counts as gone after a while', async () => {
  const engine = await fakeEngine({ status: () => new Promise(() => {}) });
  const client = await connectEngine(engine.path, { answerWithinMs: 30 });
  await expect(client.call('status', { target: null })).rejects.toThrow(
    new EngineGone('the engine did not answer within 0.03 s'),
  );
});

test.each([
  ['nonsense', 'HTTP/1.1 400 Bad Request\n', 'no JSON-RPC message'],
  ['JSON that is no message', '5\n', 'no JSON-RPC message'],
])('a server of something else that answers %s is left', async (_, answer, reason) => {
  const path = join(temporaryDirectory(), 'control.sock');
  const server = createServer((socket) => socket.write(answer)).listen(path);
  const client = await connectEngine(path);
  await expect(client.call('status', { target: null })).rejects.toThrow(reason);
  server.close();
});

test('a request that the engine cannot take is not waited for', async () => {
  const engine = await fakeEngine();
  const client = await connectEngine(engine.path);
  const tooLong = 'x'.repeat(1_100_000);
  await expect(client.call('params', { target: tooLong })).rejects.toThrow(
    'the engine could not read a request: the line is longer than 1048576 bytes and was skipped',
  );
});

test('it works over any stream', async () => {
  const [near, far] = duplexPair();
  far.on('data', (line) => {
    const { id } = JSON.parse(String(line));
    far.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n`);
  });
  const client = engineClient(near);
  expect(await client.call('shutdown', {})).toEqual({});
});

test('onClose after the end is called as well', async () => {
  const [near] = duplexPair();
  const client = engineClient(near);
  client.close();
  await new Promise<void>((done) => client.onClose(done));
});
