import { moment, nextHour } from '../format/clock.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** For how long monitoring can be paused. */
export interface PauseChoice {
  readonly text: (model: Model) => string;
  /** Ms since 1970; null: until somebody resumes it. */
  readonly untilMs: (nowMs: number) => number | null;
}

const MORNING_HOUR = 9;

export const pauseChoices: readonly PauseChoice[] = [
  { text: (model) => say(model, 'until-30-minutes'), untilMs: (nowMs) => nowMs + 30 * 60_000 },
  { text: (model) => say(model, 'until-2-hours'), untilMs: (nowMs) => nowMs + 120 * 60_000 },
  {
    text: (model) => moment(nextHour(MORNING_HOUR, model.nowMs), model.nowMs, model.language),
    untilMs: (nowMs) => nextHour(MORNING_HOUR, nowMs),
  },
  { text: (model) => say(model, 'until-open'), untilMs: () => null },
];
