import { join } from 'node:path';
import { loadTsx } from '../../console/load-tsx.ts';
import type { Figure } from '../figures.ts';

type Screen = typeof import('../console-screen.tsx');

/** The screen with 1,000 and 10,000 processes, on a terminal that only counts. */
export async function consoleSection(): Promise<Figure[]> {
  const { measureScreen } = await loadTsx<Screen>(join(import.meta.dirname, '../console-screen.tsx'));
  const figures: Figure[] = [];
  for (const count of [1000, 10_000]) {
    const { snapshotToFrameMs, keyToScreenMs, idleBytesPerSecond } = await measureScreen(count);
    const name = count.toLocaleString('en');
    figures.push(
      {
        what: `snapshot to frame, ${name} processes`,
        unit: 'ms',
        samples: snapshotToFrameMs,
        ...(count === 1000 ? { goal: { below: 16, text: 'under 16 ms' } } : {}),
      },
      {
        what: `key to screen, ${name} processes`,
        unit: 'ms',
        samples: keyToScreenMs,
        ...(count === 1000 ? { goal: { below: 50, text: 'under 50 ms' } } : {}),
      },
      {
        what: `bytes to the terminal at rest, ${name} processes`,
        unit: '/s',
        samples: [idleBytesPerSecond],
        ...(count === 1000 ? { goal: { below: 2048, text: 'under 2 KB/s' } } : {}),
      },
    );
  }
  return figures;
}
