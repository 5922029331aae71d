import { join } from 'node:path';
import { loadTsx } from '../../console/load-tsx.ts';
import { besideHtop } from '../beside-htop.ts';
import type { Figure } from '../figures.ts';

type Screen = typeof import('../console-screen.tsx');
type Day = typeof import('../console-day.tsx');

/**
 * V8 itself takes up to 5 MB more until it tidies up, after 300,000 messages. Whatever were kept of each message, 9 bytes and more,
 * would be beyond this.
 */
const MOST_GROWTH_MB = 6;

/** The screen with 1,000 and 10,000 processes, on a terminal that only counts. */
export async function consoleSection(): Promise<Figure[]> {
  // First, in a heap that nothing else has used.
  const day = await aDay();
  const { measureScreen } = await loadTsx<Screen>(join(import.meta.dirname, '../console-screen.tsx'));
  const figures: Figure[] = [];
  for (const count of [1000, 10_000]) {
    const measured = await measureScreen(count);
    const { snapshotToFrameMs, keyToScreenMs, idleBytesPerSecond } = measured;
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
      {
        what: `bytes to the terminal with 20 changes a second, ${name} processes`,
        unit: '/s',
        samples: [measured.busyBytesPerSecond],
      },
      { what: `CPU of the screen at rest, ${name} processes`, unit: '%', samples: [measured.restPercent] },
      {
        what: `CPU of the screen with 20 changes a second, ${name} processes`,
        unit: '%',
        samples: [measured.busyPercent],
      },
    );
  }
  return [...figures, ...day, ...(await besideHtop())];
}

/** Whatever grew with the messages would stand in the difference. */
async function aDay(): Promise<Figure[]> {
  const { measureDay } = await loadTsx<Day>(join(import.meta.dirname, '../console-day.tsx'));
  const { tenthMb, wholeMb } = await measureDay();
  return [
    { what: 'heap after a tenth of a day', unit: 'MB', samples: [tenthMb] },
    {
      what: 'heap that the rest of the day added (720,000 messages)',
      unit: 'MB',
      samples: [wholeMb - tenthMb],
      goal: { below: MOST_GROWTH_MB, text: `under ${MOST_GROWTH_MB} MB` },
    },
  ];
}
