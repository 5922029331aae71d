import type { IncidentLine } from '../../../control/reading-protocol.ts';
import { inLanguage } from '../../../notices/phrase.ts';
import { minuteOf, moment } from '../../format/clock.ts';
import type { Model } from '../../model.ts';
import { say } from '../../words/text.ts';
import { type Line, span } from '../line.ts';

const MOST = 3;
/** On a small screen the latest one has to do. */
const ROOMY_FROM = 30;

/** `#31 13:02 stalled: no output for 5 min   the same as #12, 3 times`: the newest first. */
export function incidentLines(incidents: readonly IncidentLine[], model: Model): readonly Line[] {
  const most = model.size.rows < ROOMY_FROM ? 1 : MOST;
  const shown = incidents.slice(0, most).map((incident): Line => {
    const { number, text, first, times, isKept } = incident;
    const same = times > 1 && first !== number ? `  ${say(model, 'same-as', { number: first, times })}` : '';
    const gone = isKept ? '' : `  ${say(model, 'files-gone')}`;
    return [
      span(`#${number} `, 'bright'),
      span(`${timeOf(incident, model)} `, 'dim'),
      span(inLanguage(text, model.language)),
      span(`${same}${gone}`, 'dim'),
    ];
  });
  const rest = incidents.length - shown.length;
  if (rest <= 0) return shown;
  const earlier = span(say(model, 'earlier-incidents', { count: rest }), 'dim');
  return most > 1 ? [...shown, [earlier]] : shown.map((line) => [...line, span('  '), earlier]);
}

function timeOf({ at }: IncidentLine, model: Model): string {
  const ms = Date.parse(at);
  const isToday = new Date(ms).toDateString() === new Date(model.nowMs).toDateString();
  return isToday ? minuteOf(ms) : moment(ms, model.nowMs, model.language);
}
