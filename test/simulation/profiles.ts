import { parseProfiles } from '../../source/profile/parse.ts';
import type { Profile } from '../../source/profile/profile.ts';

/** Small worlds with every kind of entry, dependency and limit; a reload takes the engine from one to another. */
const texts = [
  `
groups:
  shop:
    processes:
      database: { match: { executable: shop-database }, ready: { tcp: "1", within: 5s }, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], dependsOn: { database: ready }, ready: { http: "http://127.0.0.1:1/", within: 5s }, stop: { grace: 2s }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 3, dependsOn: { api: started }, restart: { delay: 1s, limit: 2, within: 1m } }
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], dependsOn: { once: completed, shop/database: started }, restart: { limit: 3, within: 5m, backoff: { initial: 500ms, max: 4s } } }
`,
  `
groups:
  shop:
    paused: true
    processes:
      database: { match: { executable: shop-database }, restart: { run: [start-database], timeout: 3s, limit: 2, within: 10m } }
      api: { command: [api, --changed], dependsOn: { database: started }, ready: { after: 500ms }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { api: ready }, restart: { limit: 2, within: 1m } }
      cache: { command: [cache], ready: { notify: true, within: 4s }, stop: { tree: false } }
`,
  `
groups:
  shop:
    processes:
      worker: { command: [worker], instances: 4, restart: { limit: 0 } }
      found: { match: { executable: shop-found } }
      late: { command: [late], dependsOn: { found: started }, restart: { when: never } }
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
`,
];

export const simulatedProfiles: readonly Profile[] = texts.map((text, index) => {
  const parsed = parseProfiles([{ file: `simulated-${index}.yaml`, text }], {
    environment: {},
    system: 'linux',
    readFile: () => null,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.profile;
});
