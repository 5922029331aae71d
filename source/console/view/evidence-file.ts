import { memory } from '../../format/amount.ts';
import { wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { sampleHeads } from '../reading/evidence-lines.ts';
import { fileRows, fileText } from '../reading/page-text.ts';
import { visible } from '../reading/pager.ts';
import type { OpenFile } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';
import { filled, readingTitle, standing } from './reading-title.ts';
import { textLines } from './text-lines.ts';

/** A file of an incident, as people read it. */
export function evidenceFile(model: Model, number: number, file: OpenFile, height: number): readonly Line[] {
  const { name, bytes, isText, pager, lines, isAsking, next } = file;
  const title = `#${number}  ${name}  ${memory(bytes)}`;
  if (!isText || lines.length === 0)
    return [readingTitle(model, title, ''), ...filled(instead(model, file), height - 1)];
  const text = fileText(file, model);
  const room = fileRows(file, model);
  const { first, end } = visible(pager, text, room);
  const ellipsis = glyph('ellipsis', model.ascii);
  const width = model.size.columns - 1;
  const rows: Line[] = [];
  for (let at = first; at < end; at++) {
    const sign = span(pager.match === at ? glyph('cursor', model.ascii) : ' ', 'accent');
    const told = { width, wraps: pager.wraps, ellipsis, wanted: pager.query.text };
    rows.push(...textLines(text.textOf(at), told).map((row) => [sign, ...row]));
  }
  const heads: Line[] = name === 'samples.jsonl' ? [[span(` ${sampleHeads(model)}`, 'dim')]] : [];
  const isCut = next === null && !isAsking && lines.length > 0 && file.isOpenEnded;
  const atEnd = isAsking || next !== null ? 'asking' : isCut ? 'file-cut' : 'file-end';
  return [readingTitle(model, title, standing(model, pager, text, end, atEnd)), ...heads, ...filled(rows, room)].slice(
    0,
    height,
  );
}

/** In the place of what cannot be shown. */
function instead(model: Model, { isText, isAsking, path }: OpenFile): Line[] {
  const text = say(model, isAsking ? 'asking' : isText ? 'file-empty' : 'file-no-text');
  const where =
    isAsking || isText ? [] : wrap(path, model.size.columns - 6).map((row): Line => [span(`   ${row}`, 'bright')]);
  return [[span(`   ${text}`, 'dim')], ...where];
}
