import { expect, test } from 'vitest';
import { explain } from '../../source/engine/explain.ts';
import { why } from '../../source/engine/why.ts';
import { inLanguage } from '../../source/notices/phrase.ts';
import { runHistory } from './history.ts';

/** What the ports of the simulator say of a start, a script or a probe that failed, and what is wrong with the value of a field: both stay as they are. */
const fromOutside =
  /^(?:no space left on device|no such program|the job failed|no cluster is configured|warning|\S+: [\w.]+: .+)$/;

/** Everything that the engine says in words in so many histories. */
function said(seeds: number): Set<string> {
  const texts = new Set<string>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    runHistory({
      seed,
      steps: 300,
      onStep: (event, { state, effects, notices }) => {
        for (const effect of effects) if (effect.do === 'answer' && !effect.answer.ok) texts.add(effect.answer.problem);
        for (const { parameters } of notices) {
          const { reason } = parameters;
          if (typeof reason === 'string') texts.add(reason);
        }
        for (const index of state.processes.keys()) {
          texts.add(why(state, index) ?? '');
          for (const sentence of explain(state, index, event.at, String)) texts.add(sentence);
        }
      },
    });
  }
  texts.delete('');
  return texts;
}

test('whatever the engine says, there is a Japanese for it', () => {
  const texts = said(40);
  expect(texts.size).toBeGreaterThan(100);
  const untold = [...texts].filter((text) => !fromOutside.test(text) && inLanguage(text, 'ja') === text);
  expect(untold).toEqual([]);
});
