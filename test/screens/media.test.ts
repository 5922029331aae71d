import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pictures } from '../../media/pictures.ts';

test.each([...pictures()])('media/%s shows the screen as it is now; otherwise: node media/draw.ts', (name, svg) => {
  expect(svg).toBe(readFileSync(join(import.meta.dirname, '../../media', name), 'utf8'));
});
