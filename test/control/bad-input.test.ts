import { expect, test } from 'vitest';
import { fakeEngine, rawClient } from './fake-engine.ts';

const statusRequest = '{"jsonrpc":"2.0","id":7,"method":"status","params":{"target":null}}\n';

interface ErrorAnswer {
  readonly id: unknown;
  readonly error: { readonly code: number; readonly message: string };
}

/** What is sent, the error's code, and what its text must say. The next request must be served each time. */
const nonsense: readonly (readonly [string, string, number, string])[] = [
  ['no JSON', 'GET / HTTP/1.1', -32700, 'not JSON'],
  ['bytes that are no text', '\u0000\u0001\u0002', -32700, 'not JSON'],
  ['half a message', '{"jsonrpc":"2.0","id":1,"met', -32700, 'not JSON'],
  ['null', 'null', -32600, 'not a JSON-RPC 2.0 request'],
  ['a number', '5', -32600, 'not a JSON-RPC 2.0 request'],
  ['another version', '{"id":1,"method":"status"}', -32600, 'not a JSON-RPC 2.0 request'],
  ['an id that is none', '{"jsonrpc":"2.0","id":{},"method":"status"}', -32600, 'not a JSON-RPC 2.0 request'],
  ['parameters that are none', '{"jsonrpc":"2.0","id":1,"method":"status","params":3}', -32600, 'not a JSON-RPC'],
  ['an empty batch', '[]', -32600, 'an empty batch'],
  ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"explode"}', -32601, 'unknown method "explode"'],
  ['a method of every object', '{"jsonrpc":"2.0","id":1,"method":"constructor"}', -32601, 'unknown method'],
  ['a line beyond the limit', `"${'x'.repeat(3_000_000)}"`, -32600, 'longer than 1048576 bytes'],
  ['deep nesting', `${'['.repeat(200_000)}`, -32700, 'not JSON'],
  [
    'a missing target',
    '{"jsonrpc":"2.0","id":1,"method":"params","params":{}}',
    -32602,
    'target: missing, expected a group',
  ],
  [
    'a misspelt field',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"pause","target":"shop","why":"","until":5,"untilMs":null}}',
    -32602,
    'until: unknown, expected one of verb, target, why, untilMs',
  ],
  [
    'a time beyond all times',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"pause","target":"shop","why":"","untilMs":1e300}}',
    -32602,
    'untilMs: 1e+300, expected milliseconds since 1970, or null',
  ],
  [
    'an unknown verb',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"explode","target":"shop"}}',
    -32602,
    'verb: "explode", expected one of pause, resume',
  ],
  [
    'a dump of an unknown kind',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"dump","target":"shop","kinds":["stack","heap"]}}',
    -32602,
    'kinds[1]: "heap", expected one of stack, core, mini, full',
  ],
  [
    'a dump that leaves its kinds open without saying so',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"dump","target":"shop"}}',
    -32602,
    'kinds: missing',
  ],
  [
    'a heartbeat of nobody',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"heartbeat"}}',
    -32602,
    'target: missing',
  ],
  ['parameters in a list', '{"jsonrpc":"2.0","id":1,"method":"status","params":[null]}', -32602, 'expected an object'],
  [
    'a prototype in disguise',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"set","target":"shop","values":{"a":{"__proto__":{"b":1}}}}}',
    -32602,
    'a field named __proto__',
  ],
  [
    'values without end',
    `{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"set","target":"shop","values":{"a":${'['.repeat(50)}${']'.repeat(50)}}}}`,
    -32602,
    'nested too deeply',
  ],
  [
    'no values',
    '{"jsonrpc":"2.0","id":1,"method":"act","params":{"verb":"set","target":"shop","values":{}}}',
    -32602,
    'values: an object of 0 fields, expected fields and their values',
  ],
];

test.each(nonsense)('%s gets a clear error, and the next request its answer', async (_, sent, code, text) => {
  const engine = await fakeEngine();
  const client = rawClient(engine.path);
  client.send(`${sent}\n${statusRequest}`);
  const answer = (await client.next()) as ErrorAnswer;
  expect(answer.error.message).toContain(text);
  expect(answer.error.code).toBe(code);
  expect(await client.next()).toMatchObject({ id: 7, result: { groups: [] } });
  expect(engine.reports).toEqual([]);
});

test('a message may come in pieces, also within a character', async () => {
  const engine = await fakeEngine({ params: ({ target }) => [{ field: target } as never] });
  const client = rawClient(engine.path);
  const bytes = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"params","params":{"target":"店/注文"}}\n');
  for (const byte of bytes) {
    client.socket.write(Buffer.from([byte]));
    await new Promise((done) => setImmediate(done));
  }
  expect(await client.next()).toMatchObject({ result: [{ field: '店/注文' }] });
});

test('a client that says its last word without a newline and stops writing is answered', async () => {
  const engine = await fakeEngine();
  const client = rawClient(engine.path);
  client.socket.end(statusRequest.trim());
  expect(await client.next()).toMatchObject({ id: 7 });
  expect(await client.next()).toBe('the connection ended');
});

test('a batch is answered as a list, also a batch of one; notifications are left out', async () => {
  const engine = await fakeEngine();
  const client = rawClient(engine.path);
  const one = statusRequest.trim();
  client.send(`[${one}]\n[${one},{"jsonrpc":"2.0","method":"reload"},5]\n`);
  expect(await client.next()).toMatchObject([{ id: 7 }]);
  expect(await client.next()).toMatchObject([{ id: 7 }, { id: null, error: { code: -32600 } }]);
});

test('a notification is obeyed and not answered', async () => {
  const asked: string[] = [];
  const engine = await fakeEngine({
    save: ({ target }) => {
      asked.push(target);
      return { ok: true, affected: [] };
    },
  });
  const client = rawClient(engine.path);
  client.send(
    `{"jsonrpc":"2.0","method":"save","params":{"target":"shop"}}\n{"jsonrpc":"2.0","method":"nothing"}\n${statusRequest}`,
  );
  expect(await client.next()).toMatchObject({ id: 7 });
  expect(asked).toEqual(['shop']);
});
