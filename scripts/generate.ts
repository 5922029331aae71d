// Writes what is generated from tables: the JSON Schema of profiles and the reference of their fields.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fieldReference } from '../source/profile/generate/reference.ts';
import { profileSchemaText } from '../source/profile/generate/schema.ts';

const home = join(import.meta.dirname, '..');
const files = {
  'profiles/profile.schema.json': profileSchemaText(),
  'docs/profile-fields.md': fieldReference(),
};

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
  console.log(path);
}
