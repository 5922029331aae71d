import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';
import { api, held, runningUnder, shopOf, signsOf, vitalTimerOf } from './watched-engine.ts';

test('a process without rules is watched by none, and no timer is set for it', () => {
  const { engine } = runningUnder('stop: { grace: 5s }');
  expect(signsOf(engine)).toEqual([]);
  expect(vitalTimerOf(engine)).toBeUndefined();
  expect(engine.slot(api)).toMatchObject({ vitals: [], vitalAtMs: null });
});

test('one timer a slot is set, at the earliest due', () => {
  const { engine, instance } = runningUnder('stall: { heartbeat: 30s, output: 10s }');
  expect(signsOf(engine)).toEqual([`watch-signs ${instance.pid}`]);
  expect(vitalTimerOf(engine)).toBe(engine.nowMs + 10_000);
});

test('a probe alone is watched without a timer', () => {
  const { engine, instance } = runningUnder('stall: { probe: { tcp: "80" } }');
  expect(signsOf(engine)).toEqual([`watch-signs ${instance.pid}`]);
  expect(vitalTimerOf(engine)).toBeUndefined();
});

test('no rule runs before the process is ready', () => {
  const { engine, instance } = runningUnder('stall: { heartbeat: 30s }, ready: { tcp: "80", within: 2m }');
  expect(signsOf(engine)).toEqual([]);
  engine.pass(60_000).happen({ type: 'became-ready', slot: api, instance });
  expect(signsOf(engine)).toEqual([`watch-signs ${instance.pid}`]);
  expect(vitalTimerOf(engine)).toBe(engine.nowMs + 30_000);
});

test('nothing runs out under a pause, of the process or of its group, and resume gives the whole limit again', () => {
  for (const target of ['shop', 'shop/api']) {
    const { engine, instance } = runningUnder('stall: { heartbeat: 30s }');
    engine.pass(29_000).ask({ verb: 'pause', target, why: '', untilMs: null });
    expect(signsOf(engine)).toEqual([`unwatch-signs ${instance.pid}`]);
    expect(vitalTimerOf(engine)).toBeNull();
    engine.pass(500_000).ask({ verb: 'resume', target });
    expect(vitalTimerOf(engine)).toBe(engine.nowMs + 30_000);
  }
});

test('what is being stopped, or has died, is watched no longer', () => {
  const stopped = runningUnder('stall: { heartbeat: 30s }').engine;
  stopped.ask({ verb: 'stop', target: 'shop/api' });
  expect(signsOf(stopped)).toHaveLength(1);
  expect(vitalTimerOf(stopped)).toBeNull();
  const dead = runningUnder('stall: { heartbeat: 30s }');
  dead.engine.happen({ type: 'exited', slot: api, instance: dead.instance, exit: { signal: 'SIGKILL', core: false } });
  expect(signsOf(dead.engine)).toEqual([`unwatch-signs ${dead.instance.pid}`]);
  expect(vitalTimerOf(dead.engine)).toBeNull();
});

test('what is taken out by a reload leaves neither a watch nor a timer', () => {
  const text = 'groups: { shop: { processes: { api: { match: { executable: api }, stall: { heartbeat: 30s } } } } }';
  const engine = new DrivenEngine().begin(text);
  engine.happen({ type: 'searched', process: 'shop/api', found: [{ pid: 7, startTime: 7, startedAtMs: 7 }] });
  expect(signsOf(engine)).toEqual(['watch-signs 7']);
  engine.reload('groups: { shop: { processes: { other: { command: [other] } } } }');
  expect(signsOf(engine)).toEqual(['unwatch-signs 7']);
  expect(vitalTimerOf(engine)).toBeNull();
});

test('another limit begins anew, the others go on as they stand', () => {
  const { engine } = runningUnder('stall: { heartbeat: 30s, output: 60s }');
  const beganMs = engine.nowMs;
  engine.pass(20_000).ask({ verb: 'set', target: 'shop/api', values: { 'stall.heartbeat': '90s' } });
  expect(signsOf(engine)).toHaveLength(1);
  expect(vitalTimerOf(engine)).toBe(beganMs + 60_000);
  engine.pass(5_000).ask({ verb: 'unset', target: 'shop/api', fields: [] });
  expect(vitalTimerOf(engine)).toBe(beganMs + 25_000 + 30_000);
});

test('a reload that changes no rule leaves the rules alone', () => {
  const { engine } = runningUnder('stall: { heartbeat: 30s }');
  engine.pass(20_000).reload(shopOf('stall: { heartbeat: 30s }, stop: { grace: 7s }'));
  expect(signsOf(engine)).toEqual([]);
  expect(vitalTimerOf(engine)).toBeUndefined();
});

test('a rule that is set on a running process is watched from then on, and one that is unset no longer', () => {
  const { engine, instance } = runningUnder('stop: { grace: 5s }');
  engine.ask({ verb: 'set', target: 'shop/api', values: { 'stall.heartbeat': '30s' } });
  expect(signsOf(engine)).toEqual([`watch-signs ${instance.pid}`]);
  engine.ask({ verb: 'unset', target: 'shop/api', fields: [] });
  expect(signsOf(engine)).toEqual([`unwatch-signs ${instance.pid}`]);
  expect(vitalTimerOf(engine)).toBeNull();
});

test('looks and words are not saved; a heartbeat limit is', () => {
  const { engine, instance } = runningUnder('stall: { heartbeat: 30s }');
  const saves = () => engine.effects.filter((effect) => effect.do === 'save');
  expect(engine.look(api, held('heartbeat', engine.nowMs + 20_000)) && saves()).toEqual([]);
  engine.happen({ type: 'said', slot: api, instance, message: { status: 'at work' } });
  expect(saves()).toEqual([]);
  engine.happen({ type: 'said', slot: api, instance, message: { heartbeatMs: 5_000 } });
  expect(saves()).toHaveLength(1);
});

test('of several instances of an entry each has its own rules, and what is looked at holds nobody else up', () => {
  const text =
    'groups: { shop: { processes: { api: { match: { executable: api }, instances: { max: 2 }, stall: { heartbeat: 30s } } } } }';
  const engine = new DrivenEngine().begin(text);
  const [one, two] = [7, 8].map((pid) => ({ pid, startTime: pid, startedAtMs: pid }));
  engine.happen({ type: 'searched', process: 'shop/api', found: one === undefined ? [] : [one] });
  const firstDueMs = engine.nowMs + 30_000;
  engine.pass(5_000).happen({ type: 'searched', process: 'shop/api', found: two === undefined ? [] : [two] });
  expect(signsOf(engine)).toEqual(['watch-signs 8']);
  engine.nowMs = firstDueMs;
  engine.happen({ type: 'timer-rang', timer: `vital:${api}` });
  expect(engine.effects.filter((effect) => effect.do === 'look')).toMatchObject([{ instance: { pid: 7 } }]);
  expect(vitalTimerOf(engine)).toBe(firstDueMs + 5_000);
});

test('of several instances of an entry each is watched by its own number, as the status shows it', () => {
  const text =
    'groups: { shop: { processes: { api: { match: { executable: api }, instances: { max: 3 }, stall: { output: 30s, outputFile: "/log/%n" } } } } }';
  const engine = new DrivenEngine().begin(text);
  const found = [7, 8, 9].map((pid) => ({ pid, startTime: pid, startedAtMs: pid }));
  engine.happen({ type: 'searched', process: 'shop/api', found });
  const numbered = engine.effects.flatMap((effect) =>
    effect.do === 'watch-signs' ? [{ slot: effect.number, pid: effect.instance.pid }] : [],
  );
  expect(numbered).toEqual([
    { slot: 1, pid: 7 },
    { slot: 2, pid: 8 },
    { slot: 3, pid: 9 },
  ]);
  expect(engine.status('shop/api').instances).toMatchObject(numbered);
});

test('of several copies of a command each is watched by the number of its slot', () => {
  const engine = new DrivenEngine().begin(shopOf('instances: 2, stall: { heartbeat: 30s }'));
  engine.launch(api);
  engine.launch('shop/api#2');
  expect(engine.effects).toContainEqual(expect.objectContaining({ do: 'watch-signs', slot: 'shop/api#2', number: 2 }));
});

test('a late ring of a timer that was set anew asks for no look', () => {
  const { engine } = runningUnder('stall: { heartbeat: 30s }');
  engine.pass(10_000).happen({ type: 'timer-rang', timer: `vital:${api}` });
  expect(engine.effects).toEqual([]);
});
