import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kill9, kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { program } from './program.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const shop = `groups:
  shop:
    processes:
      api:
        command: [sh, -c, "echo hello from the api; exec sleep 86401"]
        restart: { limit: 5, backoff: { initial: 0s } }
`;

/** A command that goes on, with what it has printed so far. */
class Following {
  stdout = '';
  readonly ended: Promise<number | null>;

  constructor(child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }

  says(text: string): Promise<boolean> {
    return until(`the words ${text}`, () => this.stdout.includes(text));
  }
}

function follow(place: Workplace, ...words: string[]): Following {
  return new Following(
    spawn(program, words, { env: place.environment, cwd: place.directory, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

test('`events --follow` prints what was, then each notice as it comes, until the engine ends', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  await place.running(['shop/api']);
  const plain = follow(place, 'events', '--follow');
  const json = follow(place, 'events', '--follow', '--json');
  await plain.says('shop/api is up');
  await json.says('"process.up"');
  const pid = await kill9(place, 'shop/api');
  await plain.says('shop/api went down: killed by SIGKILL');
  await until('the notice as JSON', () => json.stdout.includes(`"process.restarting"`));
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find(({ id }) => id === 'process.down')).toMatchObject({
    severity: 'error',
    group: 'shop',
    process: 'api',
    instance: { slot: 1, pid },
    reason: 'killed by SIGKILL',
    by: null,
    text: 'shop/api went down: killed by SIGKILL',
  });
  await engine.end();
  expect(await plain.ended).toBe(5);
  expect(await json.ended).toBe(5);
  // Without an engine the journal is still there, the same lines in it.
  const past = await place.command('events', '--json');
  expect(past).toMatchObject({ status: 0, stderr: expect.stringContaining('journal.jsonl') });
  expect(
    past.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(place.notices());
});

test('`status --watch` shows a change by itself', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  const [first] = await place.running(['shop/api']);
  const watching = follow(place, 'status', '--watch');
  await watching.says(`${first}`);
  const second = await kill9AndAwait(place, 'shop/api');
  await watching.says(`${second}`);
});

test('what a process prints stands in its output file, for its own user only, and outlives it', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  const file = `${place.home}/default/output/shop.api.1.log`;
  await place.running(['shop/api']);
  await kill9(place, 'shop/api');
  await until(
    'the words of both lives',
    () => readFileSync(file, 'utf8') === 'hello from the api\nhello from the api\n',
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await engine.end();
  expect(readFileSync(file, 'utf8')).toContain('hello');
});
