import { systemNames } from '../check.ts';
import type { Field, FieldTable, JsonSchema } from '../field.ts';
import { groupFields, processTable, sections, topFields } from '../fields.ts';
import { systems } from '../paths.ts';
import type { WrittenValue } from '../profile.ts';

/** JSON Schema of a profile (draft 7, which editors know best), for completion and checking while one writes. */
export function profileSchema(): JsonSchema {
  const fields = properties(processTable, '');
  const fieldKeys = Object.keys(fields);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Profile of procsaver',
    description: 'What to watch, how to start it, and what to do when it dies. Written by `npm run generate`.',
    type: 'object',
    additionalProperties: false,
    required: ['groups'],
    properties: {
      ...properties(topFields, ''),
      defaults: defaultsOf('every process of this file'),
      groups: named('Groups of processes that belong together, by name.', { $ref: '#/definitions/group' }),
    },
    definitions: {
      group: {
        type: 'object',
        additionalProperties: false,
        required: ['processes'],
        properties: {
          ...properties(groupFields, ''),
          defaults: defaultsOf('every process of this group'),
          processes: named('Processes of the group, by name.', { $ref: '#/definitions/process' }),
        },
      },
      process: {
        type: 'object',
        additionalProperties: false,
        properties: {
          ...Object.fromEntries(fieldKeys.map((key) => [key, { $ref: `#/definitions/fields/properties/${key}` }])),
          linux: { ...block(), description: 'Fields that hold on Linux only.' },
          windows: { ...block(), description: 'Fields that hold on Windows only.' },
        },
      },
      fields: { type: 'object', additionalProperties: false, properties: fields },
    },
  };
}

/** The JSON text of the schema, as it is published. */
export function profileSchemaText(): string {
  return `${JSON.stringify(profileSchema(), null, 2)}\n`;
}

/** The fields whose paths begin with the prefix; what lies deeper becomes maps of its own. */
function properties(table: FieldTable, prefix: string): { [key: string]: JsonSchema } {
  const found: { [key: string]: JsonSchema } = {};
  for (const [path, field] of Object.entries(table)) {
    if (!path.startsWith(prefix)) continue;
    const [key = '', ...rest] = path.slice(prefix.length).split('.');
    if (Object.hasOwn(found, key)) continue;
    found[key] = rest.length === 0 ? property(field) : section(table, `${prefix}${key}`);
  }
  return found;
}

function section(table: FieldTable, path: string): JsonSchema {
  return {
    description: sections[path],
    type: ['object', 'null'],
    additionalProperties: false,
    properties: properties(table, `${path}.`),
  };
}

function property(field: Field<unknown>): JsonSchema {
  const on =
    field.systems.length < systems.length ? `On ${field.systems.map((one) => systemNames[one]).join()} only.` : '';
  const notes = [field.help, on, field.type.range === '' ? '' : `Range: ${field.type.range}.`];
  const shown: { default?: WrittenValue } = field.default === null ? {} : { default: field.default };
  return { description: notes.filter((note) => note !== '').join(' '), ...shown, ...field.type.schema };
}

function named(description: string, schema: JsonSchema): JsonSchema {
  return {
    description,
    type: 'object',
    minProperties: 1,
    propertyNames: { pattern: '^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}$' },
    additionalProperties: schema,
  };
}

function defaultsOf(whom: string): JsonSchema {
  return {
    description: `Fields of ${whom}; what stands nearer to the process wins.`,
    anyOf: [{ $ref: '#/definitions/process' }, { type: 'null' }],
  };
}

function block(): JsonSchema {
  return { anyOf: [{ $ref: '#/definitions/fields' }, { type: 'null' }] };
}
