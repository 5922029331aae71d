import { expect, test } from 'vitest';
import type { SavedGroup, SavedProcess, SavedSlot, SavedState } from '../../source/engine/durable.ts';
import type { Effect } from '../../source/engine/effect.ts';
import { DrivenEngine, profileOf } from './driven-engine.ts';

const text = `
groups:
  shop:
    processes:
      api: { command: [api], restart: { limit: 3, within: 1h } }
      worker: { command: [worker], stop: { grace: 5s } }
`;

/** What the engine has saved so far, as the next one would read it. */
class Saver extends DrivenEngine {
  readonly #records: Record<string, unknown> = {};

  override happen(event: Parameters<DrivenEngine['happen']>[0]): this {
    super.happen(event);
    for (const effect of this.effects as readonly Effect[]) {
      if (effect.do !== 'save') continue;
      for (const [key, value] of Object.entries(effect.records)) {
        if (value === null) delete this.#records[key];
        else this.#records[key] = value;
      }
    }
    return this;
  }

  saved(change: Partial<SavedState> = {}): SavedState {
    const under = <T>(prefix: string) =>
      Object.fromEntries(
        Object.entries(this.#records).flatMap(([key, value]) =>
          key.startsWith(prefix) ? [[key.slice(prefix.length), value as T]] : [],
        ),
      ) as Record<string, T>;
    return {
      sameBoot: true,
      endedInOrder: false,
      groups: under<SavedGroup>('group:'),
      processes: under<SavedProcess>('process:'),
      slots: under<SavedSlot>('slot:'),
      ...change,
    };
  }
}

function running() {
  const engine = new Saver().begin(text);
  return { engine, api: engine.launch('shop/api#1'), worker: engine.launch('shop/worker#1') };
}

test('the next engine adopts what lives, with its counters, pause and overrides', () => {
  const { engine, worker } = running();
  engine.die('shop/api#1');
  const api = engine.launch('shop/api#1');
  engine.ask({ verb: 'pause', target: 'shop/worker', why: 'patching', untilMs: null });
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.limit': 7 } });
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), alive: [api, worker] });
  expect(next.wants()).toEqual(['watch shop/api#1', 'watch shop/worker#1']);
  expect(next.status('shop/api')).toMatchObject({
    state: 'running',
    instances: [{ pid: api.pid }],
    restarts: { count: 1, limit: 7 },
  });
  expect(next.status('shop/worker').paused).toEqual({ by: 'ops1', why: 'patching', until: null });
  expect(next.told('engine.recovered')[0]?.parameters).toEqual({ adopted: 2, lost: 0 });
});

test('what died while no engine watched is swept and restarted, and that counts', () => {
  const { engine, worker } = running();
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), alive: [worker] });
  expect(next.wants()).toContain('kill-tree shop/api#1');
  next.happen({ type: 'swept', slot: 'shop/api#1', left: [] });
  expect(next.wants()).toEqual(['launch shop/api#1']);
  expect(next.status('shop/api')).toMatchObject({
    restarts: { count: 1 },
    lastExit: { unknown: 'it ended while no engine was watching' },
  });
});

test('a child whose pid was never written down is found by its mark and not started again', () => {
  const engine = new Saver().begin(text);
  const { phase } = engine.slot('shop/api#1');
  if (phase.is !== 'launching') throw new Error(phase.is);
  const orphan = { pid: 55, startTime: 1, startedAtMs: 1 };
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), launched: { [phase.launch]: orphan } });
  expect(next.status('shop/api')).toMatchObject({ state: 'running', instances: [{ pid: 55 }] });
  expect(next.wants()).toEqual(['watch shop/api#1', 'launch shop/worker#1']);
});

const matched = `
groups:
  old:
    processes:
      daemon: { match: { executable: daemon }, restart: { run: [start], timeout: 30s, limit: 5, within: 1h, backoff: { initial: 0s } }, ready: { after: 0s, within: 10s } }
`;
const nothing = { type: 'searched', process: 'old/daemon', found: [] } as const;

/** An engine whose restart script has just begun, and the script's mark. */
function scripting() {
  const engine = new Saver().begin(matched).happen(nothing);
  const { phase } = engine.slot('old/daemon#1');
  if (phase.is !== 'scripting') throw new Error(phase.is);
  return { engine, script: { [phase.run]: { pid: 55, startTime: 1, startedAtMs: 1 } } };
}

test('a restart script that outlives its engine is not run again beside itself: its result is looked for', () => {
  const { engine, script } = scripting();
  const next = new DrivenEngine().begin(matched, { saved: engine.saved(), launched: script });
  expect(next.wants()).toEqual(['search old/daemon']);
  expect(next.happen(nothing).wants()).toEqual([]);
  next.happen({ ...nothing, found: [{ pid: 56, startTime: 2, startedAtMs: 2 }] });
  expect(next.status('old/daemon')).toMatchObject({ instances: [{ pid: 56 }], restarts: { count: 1 } });
  expect(next.told('engine.recovered')[0]?.parameters).toEqual({ adopted: 0, lost: 0 });
});

test('a restart script that outlives its engine and brings nothing back has failed once its time and the search are over', () => {
  const { engine, script } = scripting();
  const next = new DrivenEngine().begin(matched, { saved: engine.saved(), launched: script }).happen(nothing);
  expect(next.pass(39_999).ring('old/daemon#1').phase('old/daemon#1')).toBe('searching');
  next.happen(nothing).pass(1).ring('old/daemon#1');
  expect(next.told('process.missing')).toHaveLength(1);
  expect(next.status('old/daemon').restarts.count).toBeLessThanOrEqual(2);
});

test('a restart script that ended with its engine is run again at once', () => {
  const { engine } = scripting();
  const next = new DrivenEngine().begin(matched, { saved: engine.saved() }).happen(nothing);
  expect(next.wants()).toEqual(['run-script old/daemon#1']);
});

test('a stop that was under way goes on', () => {
  const { engine, api, worker } = running();
  engine.ask({ verb: 'stop', target: 'shop/worker' });
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), alive: [api, worker] });
  expect(next.wants()).toContain('ask shop/worker#1');
  next.die('shop/worker#1', { signal: 'SIGTERM', core: false });
  expect(next.phase('shop/worker#1')).toBe('stopped');
});

test('what was given up stays given up', () => {
  const { engine, worker } = running();
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'restart.limit': 0 } });
  engine.die('shop/api#1');
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), alive: [worker] });
  expect(next.phase('shop/api#1')).toBe('fatal');
  expect(next.told('process.gave-up')).toHaveLength(0);
});

test('after a boot everything starts anew, is no failure, and the counters are kept', () => {
  const { engine } = running();
  engine.die('shop/api#1').launch('shop/api#1');
  const next = new DrivenEngine().begin(text, { saved: engine.saved({ sameBoot: false }) });
  expect(next.wants()).toEqual(['launch shop/api#1', 'launch shop/worker#1']);
  expect(next.told('process.down')).toHaveLength(0);
  expect(next.status('shop/api').restarts.count).toBe(1);
});

test('what the profile no longer names when the engine comes back is stopped, as a reload would', () => {
  const { engine, api, worker } = running();
  const next = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { command: [api], restart: { limit: 3, within: 1h } } } } }',
    { saved: engine.saved(), alive: [api, worker] },
  );
  expect(next.wants()).toContain('ask shop/worker#1');
  next.die('shop/worker#1', { signal: 'SIGTERM', core: false });
  expect(next.state.processes.map((process) => process.name)).toEqual(['shop/api']);
});

const watchful = 'groups: { shop: { processes: { api: { command: [api], stall: { heartbeat: 30s } } } } }';

test('a stalled process whose engine ended while evidence was taken is adopted, and has its whole limit again', () => {
  const engine = new Saver().begin(watchful);
  const api = engine.launch('shop/api#1');
  engine.look('shop/api#1', { rule: 'heartbeat', heldAtMs: 0, lost: { ms: 0, cause: '' }, measured: '' });
  expect(engine.phase('shop/api#1')).toBe('examining');
  const next = new DrivenEngine().begin(watchful, { saved: engine.saved(), alive: [api] });
  expect(next.phase('shop/api#1')).toBe('running');
  expect(next.slot('shop/api#1').vitalAtMs).toBe(next.nowMs + 30_000);
  expect(next.status('shop/api').stalled).toBeNull();
});

test('what died with its engine is an incident', () => {
  const { engine, worker } = running();
  const next = new DrivenEngine().begin(text, { saved: engine.saved(), alive: [worker] });
  expect(next.collected()).toMatchObject([{ slot: 'shop/api#1', lives: false, reason: { kind: 'down' } }]);
});

test('what a version saved that knew no stalls is taken over, and not restarted for that', () => {
  const engine = new Saver().begin(watchful);
  const api = engine.launch('shop/api#1');
  const saved = engine.saved();
  const older = Object.entries(saved.processes).map(([name, record]) => {
    const { stall, onStall, rules, dump, keep, secrets, ...declared } = record.declared;
    return [name, { ...record, declared }];
  });
  const slots = Object.entries(saved.slots).map(([name, { heartbeatMs, ...slot }]) => [name, slot]);
  const next = new DrivenEngine().begin(watchful, {
    saved: {
      ...saved,
      processes: Object.fromEntries(older) as Record<string, SavedProcess>,
      slots: Object.fromEntries(slots) as Record<string, SavedSlot>,
    },
    alive: [api],
  });
  expect(next.wants()).toEqual(['watch shop/api#1']);
  expect(next.slot('shop/api#1').vitalAtMs).toBe(next.nowMs + 30_000);
});

test('a group that the profile no longer names when the engine comes back leaves with the last of its processes', () => {
  const { engine, api, worker } = running();
  const next = new DrivenEngine().begin('groups: { other: { processes: { mail: { command: [mail] } } } }', {
    saved: engine.saved(),
    alive: [api, worker],
  });
  next.die('shop/api#1', { signal: 'SIGTERM', core: false });
  expect(next.state.groups.map((group) => group.spec.name)).toEqual(['other', 'shop']);
  next.die('shop/worker#1', { signal: 'SIGTERM', core: false });
  expect(next.state.groups.map((group) => group.spec.name)).toEqual(['other']);
});

test('a copy too many whose start was under way when its engine died is not started again by the next', () => {
  const copies = (count: number) => `groups: { shop: { processes: { api: { command: [api], instances: ${count} } } } }`;
  const engine = new Saver().begin(copies(2));
  engine.happen({ type: 'profile-changed', profile: profileOf(copies(1)) });
  const next = new DrivenEngine().begin(copies(1), { saved: engine.saved() });
  expect(next.wants()).toEqual(['launch shop/api#1']);
  expect(next.state.processes[0]?.slots.map((slot) => slot.number)).toEqual([1]);
});

test('since when something runs, has ended or was given up is not since the next engine has begun', () => {
  const job = `groups: { shop: { processes: {
    api: { command: [api] },
    job: { command: [job], restart: { when: on-failure } },
    bad: { command: [bad], restart: { limit: 0 } } } } }`;
  const engine = new Saver().begin(job);
  const api = engine.launch('shop/api#1');
  engine.launch('shop/job#1');
  engine.launch('shop/bad#1');
  engine.pass(5_000).die('shop/job#1', { code: 0 }).die('shop/bad#1');
  const names = ['shop/api#1', 'shop/job#1', 'shop/bad#1'];
  const since = names.map((name) => engine.slot(name).sinceMs);
  const next = new DrivenEngine().pass(60_000).begin(job, { saved: engine.saved(), alive: [api] });
  expect(names.map((name) => next.phase(name))).toEqual(['running', 'exited', 'fatal']);
  expect(names.map((name) => next.slot(name).sinceMs)).toEqual(since);
});
