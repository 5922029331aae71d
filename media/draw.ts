// Draws the pictures of the screens: `node media/draw.ts`. A test compares them with what stands here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTsx } from '../test/console/load-tsx.ts';

const { pictures } = await loadTsx<typeof import('./pictures.ts')>(join(import.meta.dirname, 'pictures.ts'));
for (const [name, svg] of pictures()) {
  writeFileSync(join(import.meta.dirname, name), svg);
  process.stdout.write(`media/${name}\n`);
}
