// Programs that hang on purpose: each is called by its right rule, is looked into while it hangs, and is replaced.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { compiled, type Incident, incidentIn } from './incidents.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

interface Hang {
  readonly what: string;
  /** The word that hangs.c knows it by; null: it is stopped by SIGSTOP. */
  readonly way: string | null;
  readonly rule: string;
  readonly stall: string;
  readonly limitMs: number;
  /** limit/10, at least 1 s, at most 10 s; nothing where a rule is not sampled. */
  readonly periodMs: number;
  /** In stack.txt. */
  readonly functions: RegExp;
}

/** What this machine may take on top when its two cores are busy with other things. */
const allowanceMs = 3_000;
/** A sign of life may be this old when the hang begins; it is worked every 50 ms. */
const olderMs = 1_000;

const hangs: readonly Hang[] = [
  {
    what: 'SIGSTOP, by rule `blocked`',
    way: null,
    rule: 'blocked',
    stall: '{ blocked: 2s }',
    limitMs: 2_000,
    periodMs: 1_000,
    functions: /work|clock_nanosleep|main/,
  },
  {
    what: 'SIGSTOP, by rule `heartbeat`',
    way: null,
    rule: 'heartbeat',
    stall: '{ heartbeat: 1500ms }',
    limitMs: 1_500,
    periodMs: 0,
    functions: /work|clock_nanosleep|main/,
  },
  {
    what: 'a deadlock of two threads, by rule `cpu`',
    way: 'deadlock',
    rule: 'cpu',
    stall: '{ cpu: { unchangedFor: 2s } }',
    limitMs: 2_000,
    periodMs: 1_000,
    functions: /take_first_then_second[\s\S]*take_second_then_first/,
  },
  {
    what: 'a deadlock of two threads, by rule `heartbeat`',
    way: 'deadlock',
    rule: 'heartbeat',
    stall: '{ heartbeat: 1500ms }',
    limitMs: 1_500,
    periodMs: 0,
    functions: /take_first_then_second[\s\S]*take_second_then_first/,
  },
  {
    what: 'an endless loop, by rule `spinning`',
    way: 'spin',
    rule: 'spinning',
    // Others want the cores of this machine too; when it works it uses a twentieth of one.
    stall: '{ spinning: { above: 20%, for: 2s } }',
    limitMs: 2_000,
    periodMs: 1_000,
    functions: /spin_without_end/,
  },
  {
    what: 'a blocked read on a FIFO, by rule `output`',
    way: 'fifo',
    rule: 'output',
    stall: '{ output: 1500ms }',
    limitMs: 1_500,
    periodMs: 0,
    functions: /read_what_nobody_writes/,
  },
  {
    what: 'uninterruptible sleep, by rule `blocked`',
    way: 'disk',
    rule: 'blocked',
    stall: '{ blocked: 2s }',
    limitMs: 2_000,
    periodMs: 1_000,
    // No debugger gets at it there: the kernel says where it is.
    functions: /D \(uninterruptible sleep\).* in vfork\([\s\S]*kernel: .*vfork/,
  },
  {
    what: 'an HTTP server that accepts and never answers, by rule `probe`',
    way: 'http',
    rule: 'probe',
    stall: '{ probe: { http: "http://127.0.0.1:PORT/", interval: 300ms, timeout: 500ms, failures: 2 } }',
    // Two probes that time out, the second an interval after the first.
    limitMs: 1_000,
    periodMs: 600,
    functions: /accept_and_never_answer/,
  },
  {
    what: 'a program that just stops writing, by rule `output`',
    way: 'silence',
    rule: 'output',
    stall: '{ output: 1500ms }',
    limitMs: 1_500,
    periodMs: 0,
    functions: /wait_for_work_in_silence/,
  },
];

async function watchWorker(place: Workplace, { way, stall }: Hang): Promise<number> {
  const port = await freePort();
  const program = compiled(place, 'hangs.c');
  const object = way === 'http' ? port : place.path('fifo');
  await watch(
    place,
    `groups:
  shop:
    processes:
      worker:
        command: [${program}, ${way ?? 'none'}, "${object}"]
        ready: { notify: true }
        restart: { backoff: { initial: 0s } }
        stop: { grace: 1s }
        stall: ${stall.replace('PORT', String(port))}
evidenceWithin: 2s
`,
  );
  const [pid = 0] = await place.running(['shop/worker']);
  return pid;
}

/** Beside stack.txt, what any incident holds. */
function expectWhole({ folder, text, file }: Incident): void {
  for (const name of ['incident.json', 'samples.jsonl', 'output.txt', 'notices.jsonl'])
    expect(existsSync(`${folder}/${name}`), name).toBe(true);
  expect(text.call({ folder }, 'output.txt')).toContain('working');
  expect(file.lives).toBe(true);
}

test.for(hangs)('$what: called in time, looked into, replaced', async (hang) => {
  const { way, rule, limitMs, periodMs, functions } = hang;
  const place = placeOfTest();
  const pid = await watchWorker(place, hang);

  const hangsAt = Date.now();
  process.kill(pid, way === null ? 'SIGSTOP' : 'SIGUSR1');
  const stalled = await place.noticed('process.stalled', { name: 'shop/worker' });
  const tookMs = Date.parse(stalled.at) - hangsAt;
  expect(stalled).toMatchObject({ severity: 'error', parameters: { rule }, instance: { slot: 1, pid } });
  expect(tookMs).toBeGreaterThan(limitMs - olderMs);

  const taken = await place.noticed('dump.taken', { name: 'shop/worker' });
  const incident = incidentIn(taken);
  // Whoever spins beside others waits for a core of this machine too, and that is taken off.
  const { lostMs } = (incident.file.facts as { readonly silence: { readonly lostMs: number } }).silence;
  expect(tookMs).toBeLessThan(limitMs + periodMs + lostMs + allowanceMs);
  expect(incident.text('stack.txt')).toMatch(functions);
  expect(incident.file).toMatchObject({ reason: { kind: 'stall', rule }, text: stalled.reason, instance: { pid } });
  expectWhole(incident);

  const [next = 0] = await until('another that is ready', async () => {
    const [other] = await place.running(['shop/worker']);
    return other !== pid && [other ?? 0];
  });
  expect(livingAt(pid)).toBeNull();
  expect(livingAt(next)).not.toBeNull();
  const told = place.notices('shop/worker').map(({ id }) => id);
  const after = told.slice(told.indexOf('process.stalled'));
  expect(after.filter((id) => id !== 'process.stopped' && id !== 'process.down')).toEqual([
    'process.stalled',
    'dump.taken',
    'process.restarting',
    'process.starting',
    'process.up',
    'process.ready',
  ]);
  expect((await place.process('shop/worker')).restarts.count).toBe(1);
});
