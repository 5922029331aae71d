import { useApp, useInput, usePaste } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { keysOf } from './shell/keys.ts';
import type { Loop } from './shell/loop.ts';
import { Screen } from './view/screen.tsx';

/** Hands the terminal to somebody else while the callback runs. */
export type Suspend = (whileAway: () => Promise<void>) => Promise<void>;

/** Where Ink meets the loop: keys go in, models come out. */
export function App({
  loop,
  onSuspender,
}: {
  readonly loop: Loop;
  readonly onSuspender: (suspend: Suspend) => void;
}): ReactElement {
  const model = useSyncExternalStore(loop.subscribe, loop.model);
  const { suspendTerminal } = useApp();
  useInput((input, key) => {
    for (const name of keysOf(input, key)) loop.dispatch({ is: 'key', key: name });
  });
  usePaste((text) => loop.dispatch({ is: 'paste', text }));
  useEffect(() => onSuspender((whileAway) => suspendTerminal(whileAway)), [onSuspender, suspendTerminal]);
  return <Screen model={model} />;
}
