import { expect, test } from 'vitest';
import type { Event } from '../../source/engine/event.ts';
import { initialState, step } from '../../source/engine/step.ts';
import { parseProfiles } from '../../source/profile/parse.ts';
import { Trace } from '../../source/runtime/trace.ts';

const text = `groups: { shop: { processes: {
  api: { command: [api, --password=opensesame], environment: { KEY: opensesame, OTHER: opensesame } } } } }`;

function traced(events: number): Record<string, unknown>[] {
  const parsed = parseProfiles([{ file: 'a.yaml', text }], { environment: {}, system: 'linux', readFile: () => null });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const trace = new Trace();
  let state = initialState;
  const take = (event: Event) => {
    const taken = step(state, event);
    trace.take(event, state, taken.state, taken.notices);
    state = taken.state;
  };
  const { profile } = parsed;
  const at = (monoMs: number) => ({ monoMs, wallMs: 1_700_000_000_000 + monoMs });
  take({ type: 'began', at: at(0), profile, generation: 'g', seed: 1, saved: null, alive: [], launched: {} });
  for (let index = 1; index < events; index += 1) take({ type: 'timer-rang', at: at(index), timer: 'slot:none#1' });
  const lines = [...trace.lines()];
  expect(lines.join('\n')).not.toContain('opensesame');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('it holds the last 200 to 400 events, and the state before the first of them', () => {
  const count = (lines: Record<string, unknown>[]) => lines.filter((line) => 'event' in line).length;
  expect(count(traced(150))).toBe(150);
  expect(count(traced(400))).toBe(400);
  expect(count(traced(401))).toBe(201);
  expect(Object.keys(traced(1_000)[0] ?? {})).toEqual(['state']);
});

test('a notice stands behind the event that brought it about; the end is the digest of a state', () => {
  const [state, event, notice, ...rest] = traced(2);
  expect(Object.keys(state ?? {})).toEqual(['state']);
  expect(event?.['event']).toMatchObject({ type: 'began' });
  expect(notice?.['notice']).toMatchObject({ id: 'process.starting', process: 'api' });
  expect(rest.at(-1)?.['end']).toMatch(/^[0-9a-f]{64}$/);
});

test('a secret is told by a digest: the same one is the same, and reads as nothing', () => {
  const [, event] = traced(1);
  const environment = JSON.stringify(event).match(/"environment":(\{[^}]*\})/)?.[1] ?? '{}';
  const { KEY, OTHER } = JSON.parse(environment) as Record<string, string>;
  expect(KEY).toMatch(/^masked-[0-9a-f]{12}$/);
  expect(KEY).toBe(OTHER);
  expect(JSON.stringify(event)).toContain(`--password=${KEY}`);
});

test('nothing has happened: nothing is told', () => {
  expect([...new Trace().lines()]).toEqual([]);
});
