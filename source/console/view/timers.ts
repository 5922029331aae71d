import type { ProcessStatus, StallStatus } from '../../engine/status.ts';
import { stopwatch } from '../../format/duration.ts';
import { nearestToLimit, shareOf } from '../../format/timer.ts';
import { fitText } from '../format/width.ts';
import type { Model } from '../model.ts';
import { glyph, type Tone } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { type Line, type Span, span } from './line.ts';

/** The rules by the words that the list has room for. */
const names: Readonly<Record<string, TextKey>> = {
  heartbeat: 'heartbeat',
  output: 'rule-output',
  cpu: 'cpu',
  spinning: 'spinning',
  blocked: 'blocked',
  window: 'window',
  probe: 'probe',
};

const NAME_WIDTH = 6;
const BAR_WIDTH = 5;
/** In the details, of which two columns stand side by side on a wide terminal. */
const WHOLE_NAME_WIDTH = 10;
const STAND_WIDTH = 13;

/** `output ███░░ 3:04`: the rule that is nearest to its limit; nothing where no rule runs. */
export function nearestTimer({ stall, stalled }: Pick<ProcessStatus, 'stall' | 'stalled'>, model: Model): Line {
  const timer = shownTimer({ stall, stalled });
  if (timer === undefined) return [];
  return [
    span(`${fitText(ruleName(timer.rule, model), NAME_WIDTH, '')} `, 'dim'),
    ...timerBar(timer, BAR_WIDTH, model),
    span(` ${stopwatch(timer.elapsedMs)}`, timerTone(timer)),
  ];
}

/** Of a stalled process that of the rule that was called, whatever the others say. */
export function shownTimer({ stall, stalled }: Pick<ProcessStatus, 'stall' | 'stalled'>): StallStatus | undefined {
  return stall.find(({ rule }) => rule === stalled?.rule) ?? nearestToLimit(stall);
}

export function ruleName(rule: string, model: Model): string {
  const key = names[rule];
  return key === undefined ? rule : say(model, key);
}

/** By its name in the profile, which those who read Japanese need not know. */
export function wholeRuleName(rule: string, model: Model): string {
  return model.language === 'ja' ? ruleName(rule, model) : rule;
}

/** `output     5:04/5:00     █████  0:12 taken off`: each rule that runs, by its name in the profile. */
export function timerLines({ stall }: Pick<ProcessStatus, 'stall'>, model: Model): readonly Line[] {
  return stall.map((timer) => {
    const stands = `${stopwatch(timer.elapsedMs)}/${stopwatch(timer.limitMs)}`;
    const lost = timer.lostMs < 1000 ? '' : `  ${say(model, 'timer-lost', { lost: stopwatch(timer.lostMs) })}`;
    return [
      span(`${fitText(wholeRuleName(timer.rule, model), WHOLE_NAME_WIDTH, '')} `),
      span(`${fitText(stands, STAND_WIDTH, '')} `, timerTone(timer)),
      ...timerBar(timer, BAR_WIDTH, model),
      span(lost, 'dim'),
    ];
  });
}

/** Full only when it has run out. */
export function timerBar(timer: StallStatus, width: number, model: Model): Span[] {
  const share = shareOf(timer);
  const full = share >= 1 ? width : Math.min(width - 1, Math.round(share * width));
  return [
    span(glyph('full', model.ascii).repeat(full), timerTone(timer)),
    span(glyph('empty', model.ascii).repeat(width - full), 'dim'),
  ];
}

/** Calm as long as a silence is nothing to think about. */
export function timerTone(timer: StallStatus): Tone {
  const share = shareOf(timer);
  if (share >= 1) return 'stalled';
  return share >= 0.8 ? 'backoff' : 'dim';
}
