import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputSince } from '../../source/daemon/output-since.ts';
import type { EngineState } from '../../source/engine/state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procsaver-since-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const record = (
  name: string,
  kind: string,
  slots = 1,
  outputFile: string | null = null,
  service = '',
  environment: Readonly<Record<string, string>> = {},
) => ({
  name,
  spec: {
    ...{ kind, stall: { outputFile, probe: null }, service, environment, secrets: [], command: [] },
    ...{ stop: { run: null }, restart: { run: null }, ready: null, written: {} },
  },
  slots: Array.from({ length: slots }, (_, at) => ({ number: at + 1, living: [] })),
});

/** Only what a question about output looks at. */
function stateOf(...processes: readonly ReturnType<typeof record>[]): EngineState {
  const indexOf = new Map(processes.map(({ name }, at) => [name, at]));
  const members = new Map([['shop', processes.map((_, at) => at)]]);
  return { processes, plan: { indexOf, members } } as unknown as EngineState;
}

const file = (process: number, slot: number): string => join(folder, `${process}.${slot}.log`);

test('of a group come the lines of every slot, of what was written to last at the end, and from the marks on only the new', () => {
  const state = stateOf(record('shop/api', 'command'), record('shop/worker', 'command', 2));
  writeFileSync(file(0, 1), 'api\n');
  writeFileSync(file(1, 2), 'second\n');
  utimesSync(file(0, 1), new Date(), new Date(Date.now() + 60_000));
  const first = outputSince(state, 'shop', {}, file);
  expect(first.sources.map(({ name, slot, lines }) => [name, slot, lines])).toEqual([
    ['shop/worker', 1, []],
    ['shop/worker', 2, ['second']],
    ['shop/api', 1, ['api']],
  ]);
  const since = Object.fromEntries(first.sources.map(({ name, slot, mark }) => [`${name}#${slot}`, mark]));
  appendFileSync(file(1, 2), 'third\n');
  const lines = outputSince(state, 'shop', since, file).sources.flatMap((source) => source.lines);
  expect(lines).toEqual(['third']);
  expect(outputSince(state, 'shop/worker#2', {}, file).sources).toHaveLength(1);
});

test('what is not started by us says where its output may be; where the profile knows a file, that is read', () => {
  const written = join(folder, 'database.log');
  writeFileSync(written, 'ready\n');
  const state = stateOf(
    record('shop/found', 'match'),
    record('shop/database', 'match', 1, written),
    record('shop/cups', 'service', 1, null, 'cups.service'),
  );
  const told = new Map(outputSince(state, 'shop', {}, file).sources.map((source) => [source.name, source]));
  expect(told.get('shop/found')?.problem).toContain('the field stall.outputFile says so');
  expect(told.get('shop/cups')?.problem).toContain('journalctl -u cups.service');
  expect(told.get('shop/database')).toMatchObject({ lines: ['ready'], problem: null });
});

test('a secret of the process that it writes itself is not shown', () => {
  const state = stateOf(record('shop/api', 'command', 1, null, '', { API_TOKEN: 'abc-not-for-the-screen' }));
  writeFileSync(file(0, 1), 'with abc-not-for-the-screen\nand abc-not-for-the-screen without an end');
  const told = JSON.stringify(outputSince(state, 'shop', {}, file));
  expect(told).toContain('with ');
  expect(told).not.toContain('abc-not-for-the-screen');
});

test('a target that does not exist is refused, and many files share one answer of bounded size', () => {
  const state = stateOf(...Array.from({ length: 100 }, (_, at) => record(`shop/p${at}`, 'command')));
  for (let at = 0; at < 100; at++) writeFileSync(file(at, 1), 'a line of output\n'.repeat(20_000));
  const { sources } = outputSince(state, 'shop', {}, file);
  expect(sources).toHaveLength(64);
  expect(JSON.stringify(sources).length).toBeLessThan(400_000);
  expect(() => outputSince(state, 'shop/nobody', {}, file)).toThrow('nobody');
});
