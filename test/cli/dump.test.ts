import { expect, test } from 'vitest';
import { dump } from '../../source/cli/incidents-under-way.ts';
import { connectEngine } from '../../source/control/client.ts';
import { EngineGone } from '../../source/control/failure.ts';
import type { Request } from '../../source/engine/request.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { type FakeEngine, fakeEngine } from '../control/fake-engine.ts';
import { homeOf, noticeLine, typed } from './run-command.ts';

type Dump = Extract<Request, { verb: 'dump' }>;

function taken(incident: string, number: number, parameters: NoticeLine['parameters'] = {}): NoticeLine {
  const folder = `/var/lib/procsaver/default/evidence/${number}`;
  return noticeLine({
    id: 'dump.taken',
    severity: 'info',
    parameters: { incident, number, tookMs: 120, folder, same: '', missing: '', ...parameters },
  });
}

function failed(incident: string, reason: string): NoticeLine {
  return noticeLine({ id: 'dump.failed', parameters: { incident, reason } });
}

/** An engine that begins two incidents and then tells what it is given to tell. */
async function taking(tell: (engine: FakeEngine) => void, incidents: readonly string[] = ['a.i1', 'a.i2']) {
  const asked: Dump[] = [];
  const engine = await fakeEngine({
    act: (request) => {
      asked.push(request as Dump);
      // News may be faster than the answer.
      tell(engine);
      return { ok: true, affected: ['shop/api'], incidents };
    },
  });
  return { asked, engine, home: homeOf(engine) };
}

test('dump waits for its own incidents, says what is being taken, and prints number and folder', async () => {
  const { asked, home } = await taking((engine) => {
    engine.notify('progress', { incident: 'a.i1', process: 'shop/api', stage: 'stack' });
    engine.notify('progress', { incident: 'b.i9', process: 'mail/smtp', stage: 'core' });
    engine.notify('notice', taken('b.i9', 12));
    engine.notify('notice', taken('a.i1', 13, { sameAs: 9, times: 3, since: '2026-11-22T03:00:00.000Z' }));
    engine.notify('notice', taken('a.i2', 14, { missing: ' (not taken: no user stack: gdb is not installed)' }));
  });
  const { status, stdout, stderr } = await typed('dump shop/api', { home });
  expect(asked).toEqual([{ verb: 'dump', target: 'shop/api', kinds: null }]);
  expect(stdout).toBe('#13  /var/lib/procsaver/default/evidence/13\n#14  /var/lib/procsaver/default/evidence/14\n');
  expect(stderr).toContain('shop/api: stack ...\n');
  expect(stderr).toContain('#13 is the same as #9, 3 times since 12:00\n');
  expect(stderr).toContain('#14 (not taken: no user stack: gdb is not installed)\n');
  expect(stderr).not.toContain('mail/smtp');
  expect(status).toBe(0);
});

test('what could not be taken is said, and the exit status is 1', async () => {
  const { home } = await taking((engine) => {
    engine.notify('notice', failed('a.i1', 'no space left on /var'));
    engine.notify('notice', taken('a.i2', 14));
  });
  const { status, stdout, stderr } = await typed('dump shop/api', { home });
  expect(stdout).toBe('#14  /var/lib/procsaver/default/evidence/14\n');
  expect(stderr).toContain('shop/api: no evidence could be taken: no space left on /var');
  expect(status).toBe(1);
});

test('with --json one object tells how each incident came out', async () => {
  const { home } = await taking((engine) => {
    engine.notify('notice', failed('a.i2', 'no space left on /var'));
    engine.notify('notice', taken('a.i1', 13));
  });
  const { stdout } = await typed('dump shop/api --json', { home });
  const folder = '/var/lib/procsaver/default/evidence/13';
  expect(JSON.parse(stdout)).toEqual({
    incidents: [
      { process: 'shop/api', ok: true, number: 13, folder, tookMs: 120, sameAs: null, missing: '' },
      { process: 'shop/api', ok: false, problem: 'no space left on /var' },
    ],
  });
});

test.each<[string, Dump['kinds']]>([
  ['dump shop --kind stack', ['stack']],
  ['dump shop --kind stack,core', ['stack', 'core']],
  ['dump shop --kind stack --kind core --kind stack', ['stack', 'core']],
])('%s asks for just that', async (words, kinds) => {
  const { asked, home } = await taking((engine) => engine.notify('notice', taken('a.i1', 1)), ['a.i1']);
  expect((await typed(words, { home })).status).toBe(0);
  expect(asked).toEqual([{ verb: 'dump', target: 'shop', kinds }]);
});

test('a kind that there is none of is refused before anybody is asked', async () => {
  const { status, stderr } = await typed('dump shop --kind heap');
  expect(stderr).toContain('--kind heap: expected stack, core, mini, full');
  expect(status).toBe(2);
});

test("a refusal is the engine's own words", async () => {
  const problem = 'shop/api has no living process to take evidence of';
  const engine = await fakeEngine({ act: () => ({ ok: false, problem }) });
  const { status, stderr } = await typed('dump shop/api', { home: homeOf(engine) });
  expect(stderr).toBe(`procsaver: ${problem}\n`);
  expect(status).toBe(1);
});

const request: Dump = { verb: 'dump', target: 'shop/api', kinds: null };

test('an engine that says nothing more is not waited for without end, and what was taken is told', async () => {
  const { engine } = await taking((one) => one.notify('notice', taken('a.i1', 13)));
  const client = await connectEngine(engine.path);
  const result = await dump(client, request, { onProgress: () => {}, silenceMs: 50 });
  client.close();
  expect(result).toMatchObject({ is: 'silent', outcomes: [{ number: 13 }] });
});

test('an engine that ends meanwhile is lost at once', async () => {
  const { engine } = await taking((one) => setImmediate(() => void one.close()));
  const client = await connectEngine(engine.path);
  const result = dump(client, request, { onProgress: () => {}, silenceMs: 60_000 });
  await expect(result).rejects.toThrow(EngineGone);
});

test('a heartbeat is quiet when it was taken, and says why when it was not', async () => {
  const asked: Request[] = [];
  const engine = await fakeEngine({
    act: (one) => {
      asked.push(one);
      return one.target === 'shop/api'
        ? { ok: true, affected: ['shop/api'] }
        : { ok: false, problem: 'no heartbeat rule' };
    },
  });
  const home = homeOf(engine);
  expect(await typed('heartbeat shop/api', { home })).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(await typed('heartbeat shop', { home })).toEqual({
    status: 1,
    stdout: '',
    stderr: 'procsaver: no heartbeat rule\n',
  });
  expect(asked[0]).toEqual({ verb: 'heartbeat', target: 'shop/api' });
  expect((await typed('heartbeat shop/api')).status).toBe(5);
});
