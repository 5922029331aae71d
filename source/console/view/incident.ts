import type { IncidentSummary } from '../../control/reading-protocol.ts';
import { memory } from '../../format/amount.ts';
import { lasted } from '../../format/duration.ts';
import { widthOf } from '../../format/width.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { exitText } from '../../notices/text.ts';
import { dayAndMinute } from '../format/clock.ts';
import { clean, fitText, wrap } from '../format/width.ts';
import { scrolled } from '../layout.ts';
import type { Model } from '../model.ts';
import type { OpenIncident } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { fitLine, type Line, span } from './line.ts';
import { filled, readingTitle } from './reading-title.ts';

const LEAST_FILES = 5;
const MOST_ROWS_OF_ONE = 3;

/** One incident in words, and the files that it is made of. */
export function incidentPage(model: Model, { number, summary, index }: OpenIncident, height: number): readonly Line[] {
  if (summary === null) {
    const title = say(model, 'incident-title', { number, target: '', at: '' });
    return [readingTitle(model, title, ''), ...filled([[span(`   ${say(model, 'asking')}`, 'dim')]], height - 1)];
  }
  const { process, slot, at, files } = summary;
  const target = slot > 1 ? `${process}#${slot}` : process;
  const title = say(model, 'incident-title', { number, target, at: dayAndMinute(Date.parse(at)) });
  const known = facts(model, summary).slice(0, Math.max(1, height - 3 - Math.min(files.length, LEAST_FILES)));
  const room = Math.max(1, height - 3 - known.length);
  const top = scrolled(index - room + 1, index, room, files.length);
  const nameWidth = Math.max(12, ...files.map(({ name }) => widthOf(clean(name))));
  const rows = files.slice(top, top + room).map(({ name, bytes }, row): Line => {
    const isCurrent = top + row === index;
    return [
      span(isCurrent ? ` ${glyph('cursor', model.ascii)} ` : '   ', 'accent'),
      span(fitText(clean(name), nameWidth, ''), isCurrent ? 'bright' : 'plain'),
      span(fitText(memory(bytes), 8, '', 'right'), 'dim'),
    ];
  });
  const ellipsis = glyph('ellipsis', model.ascii);
  return [
    readingTitle(model, title, ''),
    ...known.map((line) => fitLine(line, model.size.columns, ellipsis)),
    [],
    [span(`   ${say(model, 'incident-files')}`, 'dim')],
    ...filled(rows, room),
  ];
}

function facts(model: Model, summary: IncidentSummary): Line[] {
  const { language } = model;
  const { text, exit, same, fingerprint, pid, uptimeMs, user, directory, command, costs, missing, folder } = summary;
  const like =
    same === null
      ? say(model, 'incident-new')
      : say(model, 'incident-like-since', {
          ...same,
          since: dayAndMinute(Date.parse(same.since)),
        });
  const parts = Object.entries(costs.parts)
    .filter(([, ms]) => ms >= 0.5)
    .sort(([, one], [, other]) => other - one)
    .map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
  const held = say(model, costs.outageMs > 0 ? 'incident-held' : 'incident-held-nothing', {
    ms: Math.round(costs.outageMs),
  });
  const ran = [
    pid === null ? '' : `pid ${pid}`,
    uptimeMs === null ? '' : say(model, 'engine-up', { time: lasted(uptimeMs) }),
    user ?? '',
    directory ?? '',
  ];
  const told: readonly (readonly [string, string])[] = [
    [say(model, 'incident-reason'), inLanguage(text, language)],
    [say(model, 'last-exit'), exit === null ? '' : exitText(exit, language)],
    [say(model, 'incident-same'), fingerprint === '' ? like : `${like} (${fingerprint})`],
    [say(model, 'process'), ran.filter(Boolean).join(', ')],
    [say(model, 'kind-command'), command?.join(' ') ?? ''],
    [say(model, 'incident-cost'), `${[`${Math.round(costs.tookMs)} ms`, ...parts].join(', ')}; ${held}`],
    ...missing.map((sentence) => [say(model, 'incident-missing'), inLanguage(sentence, language)] as const),
    [say(model, 'incident-folder'), folder],
  ];
  const shown = told.filter(([, value]) => value !== '');
  const width = Math.max(...shown.map(([label]) => widthOf(label)));
  return shown.flatMap(([label, value]) =>
    wrap(clean(value), model.size.columns - width - 6)
      .slice(0, MOST_ROWS_OF_ONE)
      .map((row, at): Line => [span(`   ${fitText(at === 0 ? label : '', width, '')}  `, 'dim'), span(row)]),
  );
}
