// Real servers from Debian's packages, started in the foreground by procsaver, each killed ten times.
import { get } from 'node:http';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { run } from './program.ts';
import { watch } from './tested-engine.ts';
import type { Workplace } from './workplace.ts';

interface Ports {
  readonly redis: number;
  readonly nginx: number;
  readonly http: number;
}

/** The python server depends on redis, so it starts after it; the group is one-for-one, so a death of redis does not touch it. */
const profile = ({ redis, nginx, http }: Ports) => `defaults:
  restart: { limit: 20, within: 1h, backoff: { initial: 0s } }
groups:
  web:
    processes:
      redis:
        command: [redis-server, --port, "${redis}", --bind, 127.0.0.1, --save, "", --daemonize, "no"]
        directory: redis
        ready: { tcp: "127.0.0.1:${redis}", interval: 20ms }
      nginx:
        command: [nginx, -p, ., -c, nginx.conf, -e, error.log]
        directory: nginx
        ready: { tcp: "${nginx}", interval: 20ms }
      shop:
        command: [/usr/bin/python3, -m, http.server, "${http}", --bind, 127.0.0.1]
        directory: shop
        dependsOn: { redis: ready }
        ready: { http: "http://127.0.0.1:${http}/", interval: 50ms }
`;

const nginxConfiguration = (port: number) => `daemon off;
worker_processes 2;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path tmp-body; proxy_temp_path tmp-proxy; fastcgi_temp_path tmp-fastcgi; uwsgi_temp_path tmp-uwsgi; scgi_temp_path tmp-scgi;
  server { listen 127.0.0.1:${port}; return 200 "nginx is here\\n"; }
}
`;

async function servers(place: Workplace): Promise<Ports> {
  const ports = { redis: await freePort(), nginx: await freePort(), http: await freePort() };
  place.folder('redis');
  place.write('nginx/nginx.conf', nginxConfiguration(ports.nginx));
  place.write('shop/index.html', 'the shop is here\n');
  await watch(place, profile(ports));
  await place.running(names, 30_000);
  return ports;
}

const names = ['web/redis', 'web/nginx', 'web/shop'];

function page(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve(text));
    }).once('error', reject);
  });
}

test('redis, nginx and a python server, each killed ten times, are back each time, and nobody else is touched', async () => {
  const place = placeOfTest();
  const ports = await servers(place);
  const started = place.notices().map(({ id, process }) => `${process} ${id}`);
  expect(started.indexOf('redis process.ready')).toBeLessThan(started.indexOf('shop process.starting'));

  for (const name of names) {
    const others = names.filter((other) => other !== name);
    const before = await Promise.all(others.map((other) => place.pids(other)));
    for (let time = 1; time <= 10; time++) {
      await kill9AndAwait(place, name);
      expect((await place.process(name)).restarts).toMatchObject({ count: time, limit: 20 });
    }
    expect(await Promise.all(others.map((other) => place.pids(other)))).toEqual(before);

    const told = place.notices(name);
    const count = (id: string) => told.filter((notice) => notice.id === id).length;
    // One life more than deaths; each death and each restart is told once, and a kill is called a kill.
    expect({ down: count('process.down'), restarting: count('process.restarting') }).toEqual({
      down: 10,
      restarting: 10,
    });
    expect({ starting: count('process.starting'), up: count('process.up'), ready: count('process.ready') }).toEqual({
      starting: 11,
      up: 11,
      ready: 11,
    });
    expect(told.filter(({ id }) => id === 'process.down').map(({ reason }) => reason)).toEqual(
      Array(10).fill('killed by SIGKILL'),
    );
    expect(told.filter(({ id }) => id === 'process.restarting').map(({ parameters }) => parameters['count'])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  }

  expect(await page(ports.nginx)).toBe('nginx is here\n');
  expect(await page(ports.http)).toBe('the shop is here\n');
  expect(await run(['redis-cli', '-p', `${ports.redis}`, 'ping'], place)).toMatchObject({ stdout: 'PONG\n' });
  expect(place.notices().some(({ id }) => id === 'process.gave-up')).toBe(false);
  // One master of nginx with its two workers: those of the ten that died are gone with them.
  expect(place.living().filter(({ commandLine }) => commandLine.startsWith('nginx: worker'))).toHaveLength(2);
});
