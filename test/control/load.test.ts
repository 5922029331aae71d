import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connectEngine } from '../../source/control/client.ts';
import { fakeEngine, rawClient } from './fake-engine.ts';

const outputRequest = (id: number): string =>
  `{"jsonrpc":"2.0","id":${id},"method":"output","params":{"target":"a/b","lines":1}}\n`;

test('a thousand requests at once are all answered, each with its own result', async () => {
  const engine = await fakeEngine({ output: async ({ lines }) => [String(lines)] });
  const client = await connectEngine(engine.path);
  const numbers = Array.from({ length: 1000 }, (_, index) => index + 1);
  const answers = await Promise.all(numbers.map((lines) => client.call('output', { target: 'a/b', lines })));
  expect(answers).toEqual(numbers.map((lines) => [String(lines)]));
});

test('a client has no more requests under way than its share', async () => {
  let underWay = 0;
  let most = 0;
  const engine = await fakeEngine({
    output: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((done) => setImmediate(done));
      underWay -= 1;
      return [];
    },
  });
  const client = await connectEngine(engine.path);
  await Promise.all(Array.from({ length: 200 }, () => client.call('output', { target: 'a/b', lines: 1 })));
  expect(most).toBe(16);
});

test('from a client that reads no answers no further request is taken', async () => {
  let served = 0;
  const engine = await fakeEngine({
    output: () => {
      served += 1;
      return ['x'.repeat(500_000)];
    },
  });
  const client = rawClient(engine.path);
  client.socket.pause();
  client.send(Array.from({ length: 500 }, (_, id) => outputRequest(id)).join(''));
  await new Promise((done) => setTimeout(done, 300));
  expect(served).toBeGreaterThan(0);
  expect(served).toBeLessThan(50);
  // And it does not stand in the way of the others.
  const other = await connectEngine(engine.path);
  expect(await other.call('status', { target: null })).toBeDefined();
  client.socket.resume();
  for (let id = 0; id < 500; id += 1) expect(await client.next()).toMatchObject({ id });
});

test('a client that goes away in the middle of an answer harms nobody', async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const engine = await fakeEngine({
    output: async () => {
      started.resolve();
      await release.promise;
      return ['x'.repeat(1_000_000)];
    },
  });
  const client = rawClient(engine.path);
  client.send(outputRequest(1));
  await started.promise;
  client.socket.destroy();
  await once(client.socket, 'close');
  release.resolve();
  const other = await connectEngine(engine.path);
  expect(await other.call('status', { target: null })).toBeDefined();
  expect(engine.reports).toEqual([]);
});
