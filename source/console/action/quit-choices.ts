import type { Leaving } from '../model.ts';
import type { TextKey } from '../words/text.ts';

/** The ways out of a console that has the engine inside. */
export interface QuitChoice {
  readonly key: string;
  readonly text: TextKey;
  readonly more: TextKey | null;
  /** Null: stay. */
  readonly how: Leaving | null;
}

export const quitChoices: readonly QuitChoice[] = [
  { key: 'b', text: 'quit-keep', more: 'quit-keep-more', how: 'keep-watching' },
  { key: 's', text: 'quit-stop', more: 'quit-stop-more', how: 'stop-watching' },
  { key: 'n', text: 'quit-stay', more: null, how: null },
];
