import type { IncidentLine } from '../../control/reading-protocol.ts';
import { widthOf } from '../../format/width.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { dayAndMinute } from '../format/clock.ts';
import { fitText, wrap } from '../format/width.ts';
import { scrolled } from '../layout.ts';
import type { Model } from '../model.ts';
import type { EvidenceScreen } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { evidenceFile } from './evidence-file.ts';
import { incidentPage } from './incident.ts';
import { fitLine, type Line, span } from './line.ts';
import { filled, nameOf, readingTitle } from './reading-title.ts';
import { rule } from './rule.ts';

/** The incidents, one of them, or one of its files. */
export function evidence(model: Model, screen: EvidenceScreen, height: number): readonly Line[] {
  const { incident } = screen;
  if (incident !== null && incident.file !== null) return evidenceFile(model, incident.number, incident.file, height);
  return incident === null ? incidentList(model, screen, height) : incidentPage(model, incident, height);
}

function incidentList(model: Model, screen: EvidenceScreen, height: number): readonly Line[] {
  const { incidents, index, target } = screen;
  const title = say(model, 'evidence-of', { target: nameOf(model, target) });
  if (incidents === null || incidents.length === 0) {
    const text = say(model, incidents === null ? 'asking' : 'no-incidents');
    return [readingTitle(model, title, ''), ...filled([[span(`   ${text}`, 'dim')]], height - 1)];
  }
  const { columns } = model.size;
  const isWide = columns >= 120;
  const names = target.includes('/')
    ? 0
    : Math.min(26, Math.max(...incidents.map(({ process }) => widthOf(process)))) + 2;
  const heads = [
    fitText(say(model, 'incident-number'), 6, ''),
    fitText(say(model, 'since'), 13, ''),
    fitText(names === 0 ? '' : say(model, 'process'), names, ''),
    fitText(say(model, 'incident-same'), SAME_WIDTH, ''),
    fitText(isWide ? say(model, 'fingerprint') : '', isWide ? FINGERPRINT_WIDTH : 0, ''),
    fitText(say(model, 'incident-cost'), COST_WIDTH, '', 'right'),
    `  ${say(model, 'incident-reason')}`,
  ];
  const room = Math.max(1, height - 2 - FOOT_ROWS);
  const top = scrolled(index - room + 1, index, room, incidents.length);
  const ellipsis = glyph('ellipsis', model.ascii);
  const rows = incidents
    .slice(top, top + room)
    .map((one, at) => fitLine(row(model, one, names, isWide, top + at === index), columns, ellipsis));
  return [
    readingTitle(model, title, `${index + 1}/${incidents.length}`),
    fitLine([span(`   ${heads.join('')}`, 'dim')], columns, ellipsis),
    ...filled(rows, room),
    rule(model),
    ...filled(wholeOf(incidents[index], model), FOOT_ROWS - 1),
  ];
}

/** The rule, and what a row has no room for. */
const FOOT_ROWS = 3;

function wholeOf(chosen: IncidentLine | undefined, model: Model): Line[] {
  if (chosen === undefined) return [];
  const { number, process, text, fingerprint } = chosen;
  const told = `#${number} ${process}: ${inLanguage(text, model.language)}${fingerprint === '' ? '' : `  (${fingerprint})`}`;
  return wrap(told, model.size.columns - 2).map((line): Line => [span(` ${line}`, 'dim')]);
}

const SAME_WIDTH = 16;
const FINGERPRINT_WIDTH = 14;
const COST_WIDTH = 8;

function row(model: Model, one: IncidentLine, names: number, isWide: boolean, isCurrent: boolean): Line {
  const { number, at, process, text, fingerprint, first, times, isKept, costs } = one;
  const ellipsis = glyph('ellipsis', model.ascii);
  // `ce05d2b3 stall output in nanosleep: begun`: the words say where it was, as far as anything tells.
  const [digest = '', ...where] = fingerprint.split(' ');
  const took = costs === null ? '' : `${Math.round(costs.tookMs)} ms`;
  const same = first === number ? '' : say(model, 'incident-like', { number: first, times });
  return [
    span(isCurrent ? ` ${glyph('cursor', model.ascii)} ` : '   ', 'accent'),
    span(fitText(`#${number}`, 6, ellipsis), isKept ? 'bright' : 'dim'),
    span(fitText(dayAndMinute(Date.parse(at)), 13, ellipsis), 'dim'),
    span(fitText(process, names, ellipsis)),
    span(fitText(same, SAME_WIDTH, ellipsis), 'backoff'),
    span(fitText(isWide ? digest : '', isWide ? FINGERPRINT_WIDTH : 0, `${ellipsis} `), 'dim'),
    span(fitText(isKept ? took : say(model, 'incident-gone'), COST_WIDTH, ellipsis, 'right'), 'dim'),
    span(`  ${inLanguage(text, model.language)}`, isKept ? 'plain' : 'dim'),
    span(where.length === 0 ? '' : `   ${where.join(' ')}`, 'dim'),
  ];
}
