import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connectEngine } from '../../source/control/client.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { emptyStatus, fakeEngine, rawClient } from './fake-engine.ts';

const subscribeRequest = '{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{}}\n';

function notice(text: string): NoticeLine {
  return {
    id: 'process.down',
    at: '2026-11-22T13:02:11.456Z',
    severity: 'error',
    group: 'shop',
    process: 'api',
    instance: null,
    reason: null,
    by: null,
    text,
    parameters: {},
  };
}

test('a subscriber gets the snapshot, then every notification, in order; others get none', async () => {
  const engine = await fakeEngine();
  const subscriber = await connectEngine(engine.path);
  const bystander = await connectEngine(engine.path);
  const heard: string[] = [];
  const all = Promise.withResolvers<void>();
  subscriber.on('notice', ({ text }) => {
    heard.push(text);
    if (heard.length === 100) all.resolve();
  });
  bystander.on('notice', () => heard.push('a bystander heard it'));
  expect(await subscriber.call('subscribe', {})).toEqual({ status: emptyStatus, notices: [] });
  const numbers = Array.from({ length: 100 }, (_, index) => String(index));
  for (const number of numbers) engine.notify('notice', notice(number));
  await all.promise;
  await bystander.call('status', { target: null });
  expect(heard).toEqual(numbers);
});

test('what happens between the snapshot and its sending comes after it, and nothing is lost', async () => {
  const engine = await fakeEngine({
    subscribe: async (_, caller) => {
      caller.subscribe();
      engine.notify('notice', notice('while the snapshot was on its way'));
      await new Promise((done) => setTimeout(done, 20));
      return { status: emptyStatus, notices: [] };
    },
  });
  const client = rawClient(engine.path);
  client.send(subscribeRequest);
  expect(await client.next()).toMatchObject({ id: 1, result: { notices: [] } });
  expect(await client.next()).toMatchObject({
    method: 'notice',
    params: { text: 'while the snapshot was on its way' },
  });
});

test('a stuck subscriber never delays anybody, and is dropped at its bound', async () => {
  const engine = await fakeEngine({}, { limits: { notificationBytes: 100_000, farewellMs: 100 } });
  const stuck = rawClient(engine.path);
  stuck.send(subscribeRequest);
  await stuck.next();
  stuck.socket.pause();

  const reader = await connectEngine(engine.path);
  let heard = 0;
  const all = Promise.withResolvers<void>();
  reader.on('notice', () => {
    heard += 1;
    if (heard === 2000) all.resolve();
  });
  await reader.call('subscribe', {});

  const longText = 'x'.repeat(1000);
  const started = performance.now();
  for (let count = 0; count < 2000; count += 1) {
    engine.notify('notice', notice(longText));
    // The engine's own rhythm: what the reader takes meanwhile is off its bound.
    if (count % 50 === 49) await new Promise((done) => setTimeout(done, 2));
  }
  expect(performance.now() - started).toBeLessThan(3000);
  await all.promise;
  expect(engine.reports).toEqual([
    'control: a client of ops1 was dropped: it left more than 100000 bytes of notifications unread',
  ]);
});

test('a slow subscriber that reads on is told why it was dropped', async () => {
  const engine = await fakeEngine({}, { limits: { notificationBytes: 1000 } });
  const client = await connectEngine(engine.path);
  await client.call('subscribe', {});
  const closed = new Promise<void>((done) => client.onClose(done));
  for (let count = 0; count < 5; count += 1) engine.notify('notice', notice('x'.repeat(500)));
  await closed;
  await expect(client.call('status', { target: null })).rejects.toThrow(
    'the engine dropped this client: it left more than 1000 bytes of notifications unread',
  );
});

test('a notification larger than the bound is no slowness: it is read, and what comes behind it too', async () => {
  const engine = await fakeEngine({}, { limits: { notificationBytes: 1000 } });
  const client = await connectEngine(engine.path);
  const heard: number[] = [];
  const last = Promise.withResolvers<void>();
  client.on('notice', ({ text }) => {
    heard.push(text.length);
    if (heard.length === 2) last.resolve();
  });
  await client.call('subscribe', {});
  engine.notify('notice', notice('x'.repeat(50_000)));
  engine.notify('notice', notice('x'.repeat(500)));
  await last.promise;
  expect(heard).toEqual([50_000, 500]);
  expect(engine.reports).toEqual([]);
});

test('a subscriber that went away is forgotten', async () => {
  const engine = await fakeEngine();
  const client = rawClient(engine.path);
  client.send(subscribeRequest);
  await client.next();
  client.socket.destroy();
  await once(client.socket, 'close');
  for (let count = 0; count < 100; count += 1) {
    engine.notify('notice', notice('nobody hears it'));
    await new Promise((done) => setImmediate(done));
  }
  expect(engine.reports).toEqual([]);
});

test('an answer larger than the bound of notifications does not count against it', async () => {
  const engine = await fakeEngine({ output: () => ['x'.repeat(1_000_000)] }, { limits: { notificationBytes: 10_000 } });
  const client = await connectEngine(engine.path);
  await client.call('subscribe', {});
  const heard = new Promise<string>((tell) => client.on('notice', ({ text }) => tell(text)));
  const answer = client.call('output', { target: 'a/b', lines: 1 });
  await new Promise((done) => setImmediate(done));
  engine.notify('notice', notice('still here'));
  expect((await answer)[0]).toHaveLength(1_000_000);
  expect(await heard).toBe('still here');
});
