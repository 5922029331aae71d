import type { CountedRestart } from '../../../control/protocol.ts';
import type { NoticeLine } from '../../../notices/notice.ts';
import { inLanguage } from '../../../notices/phrase.ts';
import { exitText } from '../../../notices/text.ts';
import { minuteOf, moment } from '../../format/clock.ts';
import type { Model } from '../../model.ts';
import { glyph } from '../../theme.ts';
import { say } from '../../words/text.ts';
import { wholeRuleName } from '../timers.ts';

/** Between a death and the restart that answers it lie a backoff, and evidence that is taken. */
const LONGEST_BETWEEN_MS = 10 * 60_000;
const SLACK_MS = 1000;
const MOST = 8;

/** `02:11 exit 137 · 13:02 stalled (output)`: those that count, with the reason where the notices have it. */
export function pastRestarts(restarts: readonly CountedRestart[], model: Model): string {
  const shown = restarts.slice(-MOST).map((restart) => {
    const atMs = Date.parse(restart.at);
    const time = isToday(atMs, model) ? minuteOf(atMs) : moment(atMs, model.nowMs, model.language);
    const slot = restarts.some((one) => one.slot !== restart.slot) ? `#${restart.slot} ` : '';
    const reason = reasonOf(restart, model);
    return `${slot}${time}${reason === '' ? '' : ` ${reason}`}`;
  });
  const earlier = restarts.length - shown.length;
  const all = earlier > 0 ? [say(model, 'earlier-ones', { count: earlier }), ...shown] : shown;
  return all.join(` ${glyph('separator', model.ascii)} `);
}

function isToday(ms: number, { nowMs }: Model): boolean {
  return new Date(ms).toDateString() === new Date(nowMs).toDateString();
}

/** The last thing that went wrong with this copy before it. */
function reasonOf({ name, slot, at }: CountedRestart, model: Model): string {
  const untilMs = Date.parse(at) + SLACK_MS;
  const cause = model.notices.findLast((line) => {
    if (line.id !== 'process.down' && line.id !== 'process.stalled') return false;
    const lineMs = Date.parse(line.at);
    const isIts = `${line.group}/${line.process}` === name && (line.instance === null || line.instance.slot === slot);
    return isIts && lineMs <= untilMs && untilMs - lineMs <= LONGEST_BETWEEN_MS;
  });
  return cause === undefined ? '' : causeText(cause, model);
}

function causeText({ id, parameters, reason }: NoticeLine, model: Model): string {
  if (id === 'process.stalled')
    return `${say(model, 'stalled')} (${wholeRuleName(String(parameters['rule'] ?? ''), model)})`;
  const told = parameters['reason'];
  if (typeof told === 'object') return exitText(told, model.language);
  return inLanguage(reason ?? '', model.language);
}
