// What a daemon says to whoever reads along, and that it goes on when nobody does.
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';

const profile = `groups:
  demo:
    processes:
      hopeless:
        command: [sh, -c, exit 7]
        restart: { limit: 1, within: 1h, backoff: { initial: 10ms } }
`;

test('it says what it watches, then what a person should know, a line each', async () => {
  const place = placeOfTest();
  const engine = await watch(place, profile);
  await until('the end of restarting on stderr', () => engine.stderr.includes('critical'));
  const lines = engine.stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(
    /^procsaver: version [\d.]+, instance "default": watching 1 process of \S+profile\.yaml; procsaver status shows how things stand$/,
  );
  expect(lines.slice(1).map((line) => line.slice('2026-11-22 13:02:11  '.length))).toEqual([
    'error     demo/hopeless went down: exit 7',
    'warning   demo/hopeless is restarted, 1 of 1 within 1h, in 0 ms',
    'error     demo/hopeless went down: exit 7',
    'critical  demo/hopeless is given up: 1 restart within 1h did not cure it (exit 7)',
  ]);
});
