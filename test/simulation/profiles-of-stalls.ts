/** Worlds whose processes have rules, and every consequence of a broken one. Limits are long beside the beats, so that histories stay short. */
export const stallTexts: readonly string[] = [
  `
evidenceWithin: 4s
groups:
  shop:
    processes:
      database: { match: { executable: shop-database }, stall: { output: 50s, outputFile: /simulated/shop.database.1.log }, onStall: restart, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], ready: { http: "http://127.0.0.1:1/", within: 5s }, stall: { heartbeat: 60s, blocked: 40s }, onStall: restart, restart: { limit: 4, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { api: ready }, stall: { cpu: { unchangedFor: 45s }, spinning: { above: 80%, for: 50s } }, onStall: restart, keep: 0, restart: { limit: 4, within: 5m } }
  batch:
    processes:
      once: { command: [once], stall: { output: 45s }, onStall: dump, restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], stall: { heartbeat: 50s, output: 70s }, onStall: alert, restart: { limit: 3, within: 5m } }
`,
  `
groups:
  shop:
    strategy: rest-for-one
    processes:
      api: { command: [api], stall: { probe: { tcp: "1", interval: 20s, timeout: 2s, failures: 3 }, heartbeat: 60s }, onStall: restart, restart: { limit: 4, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { api: started }, rules: [{ metric: memory, above: 1G, for: 30s, then: restart }, { metric: cpu, above: 80%, for: 40s, then: alert }, { metric: descriptors, above: 50, for: 60s, then: dump }], restart: { limit: 6, within: 5m } }
      farm: { match: { executable: shop-farm }, instances: { min: 1, max: 2, for: 2s }, stall: { blocked: 40s, cpu: { unchangedFor: 60s } }, onStall: restart, restart: { run: [start-farm], timeout: 3s, limit: 5, within: 10m } }
      mail: { service: shop-mail, stall: { cpu: { unchangedFor: 60s } }, onStall: dump, restart: { limit: 4, within: 5m } }
`,
];
