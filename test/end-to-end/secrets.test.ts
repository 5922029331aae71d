// What the profile keeps secret is seen nowhere: not in parameters, journal, status or why; and nothing is lost by that.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../source/control/client.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';

const secrets = ['t0k3n-of-the-shop', 'p4ss-of-the-database', 'w0rd-of-the-command'];

const shop = (place: { path(name: string): string }) => `groups:
  shop:
    processes:
      api:
        command: sh -c "exec sleep 86401" --password w0rd-of-the-command
        directory: ${place.path('.')}
        environment:
          API_TOKEN: t0k3n-of-the-shop
          DATABASE_URL: postgres://joe:p4ss-of-the-database@db/shop
          COLOUR: blue
        stall:
          probe: { nagios: [sh, -c, 'echo "refused t0k3n-of-the-shop for p4ss-of-the-database, w0rd-of-the-command"; exit 2'], interval: 200ms, failures: 1 }
        onStall: alert
`;

test('secrets are seen nowhere, and stay what they are', async () => {
  const place = placeOfTest();
  const profile = shop(place);
  await watch(place, profile);
  await place.running(['shop/api']);
  await place.noticed('process.stalled');
  const parameters = await place.done('params', 'shop/api');
  expect(parameters).toMatch(/\*\*\*/);
  expect(parameters).toContain('postgres://joe:***@db/shop');
  expect(parameters).toContain('--password ***');
  expect(parameters).toContain('blue');
  await until('the stall shows', async () => (await place.process('shop/api')).stalled !== null);
  const seen = {
    parameters,
    json: await place.done('params', 'shop/api', '--json'),
    status: (await place.command('status', '--json')).stdout,
    why: await place.done('why', 'shop/api'),
    events: await place.done('events', '--json'),
  };
  expect(seen.events).toContain('refused *** for ***, ***');
  for (const [where, text] of Object.entries(seen))
    for (const secret of secrets) expect({ where, secret, is: text.includes(secret) }).toMatchObject({ is: false });

  const back = await place.command('set', 'shop/api', 'stop.run=[stop, --password, "***"]');
  expect(back).toMatchObject({ status: 1, stderr: expect.stringContaining('write the secret itself') });
  await place.done('set', 'shop/api', 'stop.run=[/bin/true, --password, w0rd-of-the-stop]');
  expect(await place.done('params', 'shop/api', '--json')).not.toContain('w0rd-of-the-stop');
  expect((await place.command('status', '--json')).stdout).not.toContain('w0rd-of-the-stop');
  const client = await connectEngine(place.controlSocket);
  const difference = JSON.stringify(await client.call('saveDiff', { target: 'shop/api' }));
  client.close();
  expect(difference).toContain('***');
  for (const secret of [...secrets, 'w0rd-of-the-stop']) expect(difference).not.toContain(secret);
  await place.done('set', 'shop/api', 'stop.grace=3s', '--save');
  const saved = readFileSync(join(place.path('.'), 'profile.yaml'), 'utf8');
  expect(saved).toContain('w0rd-of-the-stop');
  expect(saved).not.toContain('***');
  for (const secret of secrets) expect(saved).toContain(secret);
  expect(await place.done('events', '--json')).not.toContain('w0rd-of-the-stop');
});
