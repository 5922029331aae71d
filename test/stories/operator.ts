// Somebody at the keyboard of a console on an engine in memory.
import { onTestFailed, onTestFinished } from 'vitest';
import type { Leaving } from '../../source/console/model.ts';
import { openConsole } from '../../source/console/open.tsx';
import type { Language } from '../../source/notices/notice.ts';
import { type FakeEngine, fakeEngine } from '../console/fake-engine.ts';
import { type FakeTerminal, fakeTerminal } from '../console/terminal.ts';

export interface Operator {
  readonly engine: FakeEngine;
  readonly terminal: FakeTerminal;
  /** Presses and waits until the screen shows the text. */
  press(keys: readonly string[], shown: string | RegExp): Promise<string>;
  sees(shown: string | RegExp): Promise<string>;
  /** The row of the list, or any line, that holds the text. */
  line(text: string): string;
  readonly left: Promise<Leaving>;
}

export async function sitDown(
  options: {
    readonly embedded?: boolean;
    readonly language?: Language;
    readonly size?: readonly [number, number];
  } = {},
): Promise<Operator> {
  const engine = fakeEngine();
  const [columns, rows] = options.size ?? [100, 30];
  const terminal = fakeTerminal(columns, rows);
  const left = openConsole({
    engine: engine.client,
    connect: engine.connect,
    embedded: options.embedded ?? false,
    language: options.language ?? 'en',
    terminal: terminal.terminal,
  });
  const sees = (shown: string | RegExp): Promise<string> =>
    terminal.until((frame) => (typeof shown === 'string' ? frame.includes(shown) : shown.test(frame)));
  onTestFailed(() => console.log(`The screen at the end:\n${terminal.frame()}`));
  onTestFinished(async () => {
    // Once for the question of an embedded console, once for its answer.
    terminal.press('Ctrl-C', 'Ctrl-C');
    await left;
  });
  await sees('procsaver');
  return {
    engine,
    terminal,
    press: (keys, shown) => {
      terminal.press(...keys);
      return sees(shown);
    },
    sees,
    line: (text) =>
      terminal
        .frame()
        .split('\n')
        .find((line) => line.includes(text)) ?? '',
    left,
  };
}
