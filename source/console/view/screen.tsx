import { Box } from 'ink';
import { memo, type ReactElement } from 'react';
import { type Areas, areasOf, isTooSmall } from '../layout.ts';
import type { Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { bar } from './bar.ts';
import { DetailsPage, detailsLines } from './details-page.tsx';
import { evidence } from './evidence.ts';
import { header } from './header.ts';
import { fitLine, type Line, paint, span } from './line.ts';
import { list, rowsBelow } from './list.ts';
import { notices } from './notices.ts';
import { output } from './output.ts';
import { isPage, pageLines } from './page.ts';
import { panel } from './panel.ts';
import { parameters } from './parameters.ts';
import { PaintedRows, Rows } from './row.tsx';
import { rule } from './rule.ts';
import { shaded } from './shaded.ts';
import { stalls } from './stalls/stalls.ts';
import { timeline } from './timeline.ts';

/** The whole screen, as many lines as the terminal has rows: a function of the model, which knows the size. */
export function Screen({ model }: { readonly model: Model }): ReactElement {
  const { size, theme } = model;
  if (isTooSmall(size)) return <Rows lines={[tooSmall(model)]} theme={theme} />;
  const dialog = panel(model, areasOf(size, 0).panel);
  const ellipsis = glyph('ellipsis', model.ascii);
  const areas = areasOf(size, dialog.length === 0 ? 0 : dialog.length + 1);
  const isList = model.screen.is === 'list' && !isPage(model.dialog);
  const lowerRule = rule(model, isList ? rowsBelow(model, areas.list) : 0);
  const panelLines =
    dialog.length === 0 ? [] : [lowerRule, ...dialog.map((line) => fitLine(line, size.columns, ellipsis))];
  const head = [header(model), rule(model)];
  const foot = [...panelLines, bar(model)];
  const body = bodyOf(model, areas, lowerRule);
  if (body === null && model.screen.is === 'details')
    return (
      <Box flexDirection="column" width={size.columns} height={size.rows}>
        <Rows lines={head} theme={theme} />
        <DetailsPage model={model} screen={model.screen} height={areas.page} />
        <Rows lines={foot} theme={theme} />
      </Box>
    );
  const lines = [...head, ...shaded(body ?? [], model), ...foot];
  return <Frame text={lines.map((line) => paint(line, theme)).join('\n')} columns={size.columns} rows={size.rows} />;
}

/** Ink draws all of the screen anew when React tells it of anything; where no line differs, it is told of nothing. */
const Frame = memo(function Frame(frame: { readonly text: string; readonly columns: number; readonly rows: number }) {
  return (
    <Box flexDirection="column" width={frame.columns} height={frame.rows}>
      <PaintedRows texts={frame.text.split('\n')} />
    </Box>
  );
});

/** Null: more than lines, as `DetailsPage` draws it. */
function bodyOf(model: Model, areas: Areas, lowerRule: Line): readonly Line[] | null {
  const { page: height } = areas;
  if (isPage(model.dialog)) return pageLines(model, model.dialog, height);
  if (model.screen.is === 'details') return filled(detailsLines({ model, screen: model.screen, height }), height);
  if (model.screen.is === 'timeline') return timeline(model, model.screen, height);
  if (model.screen.is === 'output') return output(model, model.screen, height);
  if (model.screen.is === 'evidence') return evidence(model, model.screen, height);
  if (model.screen.is === 'stalls') return stalls(model, model.screen, height);
  if (model.screen.is === 'parameters') return parameters(model, model.screen, height);
  const rows = list(model, areas.list);
  return areas.panelRows > 0 ? rows : [...rows, lowerRule, ...notices(model, areas.notices)];
}

function filled(lines: readonly Line[] | null, height: number): readonly Line[] | null {
  if (lines === null) return null;
  const missing = Math.max(0, height - lines.length);
  return [...lines.slice(0, height), ...Array.from({ length: missing }, () => [])];
}

function tooSmall(model: Model): Line {
  return fitLine([span(say(model, 'too-small', { ...model.size }))], model.size.columns, '');
}
