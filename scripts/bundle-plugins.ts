// What the bundle of the executable does otherwise than the sources: nothing that changes behaviour, only what is loaded when.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import type { Plugin, PluginBuild } from 'esbuild';

/** Ink imports the developer tools of React when DEV=true is in the environment; they are not installed and not wanted. */
const withoutDeveloperTools: Plugin = {
  name: 'without-developer-tools',
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
  },
};

/**
 * Node's own modules, loaded when the file that imports them runs. As imports of one ES module they would all be loaded at
 * the start of every command, the console's among them: 12 ms and 5 MB. What an `import` names is taken out of the module; as
 * CommonJS each importing file would have a copy of its own with a getter for all that is in it: 9,000 getters, 2 MB.
 */
const builtinsWhenUsed: Plugin = {
  name: 'builtins-when-used',
  setup(builder) {
    const names = new Set(builtinModules);
    builder.onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) =>
      path.startsWith('node:') || names.has(path)
        ? {
            path: path.replace(/^(node:)?/, 'node:'),
            namespace: kind === 'require-call' ? 'required-builtin' : 'imported-builtin',
          }
        : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'required-builtin' }, ({ path }) => ({
      contents: `module.exports = ${builtin(path)};`,
    }));
    builder.onLoad({ filter: /.*/, namespace: 'imported-builtin' }, ({ path }) => ({
      contents: `const all = ${builtin(path)};\nexport default all;\n${exportsOf(path).join('\n')}`,
    }));
  },
};

const builtin = (path: string): string => `process.getBuiltinModule(${JSON.stringify(path)})`;

/** Marked as pure, so that esbuild leaves out what nobody imports: some of it only warns that it should not be used. */
function exportsOf(path: string): string[] {
  return Object.keys(process.getBuiltinModule(path) ?? {})
    .filter((name) => name !== 'default' && /^[A-Za-z_$][\w$]*$/.test(name))
    .map((name) => `const own_${name} = /* @__PURE__ */ (() => all.${name})();\nexport { own_${name} as ${name} };`);
}

/** Ink asks for the width of every line of the screen again at every frame, and most lines are those of the frame before. */
const rememberedWidths = `
  const widths = new Map();
  export default (text, options) => {
    if (options !== undefined) return require('string-width/real').default(text, options);
    let width = widths.get(text);
    if (width === undefined) {
      if (widths.size >= 4096) widths.clear();
      width = require('string-width/real').default(text);
      widths.set(text, width);
    }
    return width;
  };
`;

/** string-width compiles tables of all scripts and emoji when it is loaded, 30 ms; most texts are ASCII and never ask it. */
const widthsWhenAsked: Plugin = {
  name: 'widths-when-asked',
  setup(builder) {
    builder.onResolve({ filter: /^string-width$/ }, ({ path, pluginData, resolveDir }) =>
      pluginData === 'itself' ? undefined : { path, namespace: 'width', pluginData: resolveDir },
    );
    builder.onLoad({ filter: /.*/, namespace: 'width' }, ({ pluginData }) => ({
      contents: rememberedWidths,
      resolveDir: pluginData as string,
    }));
    builder.onResolve({ filter: /^string-width\/real$/ }, ({ kind, resolveDir }) =>
      builder.resolve('string-width', { kind, resolveDir, pluginData: 'itself' }),
    );
  },
};

/**
 * meow normalizes the package.json that it finds, with a list of licences sorted at every start: 20 ms and 3 MB. The
 * program hands its own to meow, so there is nothing to normalize.
 */
const withoutPackageReading: Plugin = {
  name: 'without-package-reading',
  setup(builder) {
    const normalizer = 'var normalizeExports = requireNormalize();';
    builder.onLoad({ filter: /meow\/build\/dependencies\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes(normalizer)) throw new Error(`${path} no longer has the line: ${normalizer}`);
      return { contents: text.replace(normalizer, 'var normalizeExports = () => {};') };
    });
  },
};

/**
 * Ink takes every line of the screen apart anew at every frame, into its characters and their colours: 5 of the 6 ms of a
 * frame of 120x40, where one line has changed. What it finds out within a frame is kept for the next ones, within a bound.
 */
const rememberedLines: Plugin = {
  name: 'remembered-lines',
  setup(builder) {
    // A line of 120 columns is some 12 KB of objects; the largest screens have a hundred texts.
    remember(builder, 'output', 'caches = new OutputCaches();', 'caches = rememberedCaches();', [
      'const caches = new OutputCaches();',
      'function rememberedCaches() {',
      '  for (const [texts, most] of [[caches.styledChars, 256], [caches.blockWidths, 256], [caches.widths, 4096]])',
      '    if (texts.size > most) texts.clear();',
      '  return caches;',
      '}',
    ]);
    remember(builder, 'sanitize-ansi', 'export default sanitizeAnsi;', 'export default rememberedSanitizeAnsi;', [
      'const sanitized = new Map();',
      'function rememberedSanitizeAnsi(text) {',
      '  const known = sanitized.get(text);',
      '  if (known !== undefined) return known;',
      '  if (sanitized.size > 256) sanitized.clear();',
      '  const plain = sanitizeAnsi(text);',
      '  sanitized.set(text, plain);',
      '  return plain;',
      '}',
    ]);
  },
};

/** In one of Ink's files another piece of text stands in the place of this one, and more at its end. */
function remember(builder: PluginBuild, file: string, text: string, instead: string, more: readonly string[]): void {
  builder.onLoad({ filter: new RegExp(`ink[/\\\\]build[/\\\\]${file}\\.js$`) }, ({ path }) => {
    const whole = readFileSync(path, 'utf8');
    if (!whole.includes(text)) throw new Error(`${path} no longer has the line: ${text}`);
    return { contents: [whole.replace(text, instead), ...more].join('\n') };
  });
}

export const plugins: Plugin[] = [
  withoutDeveloperTools,
  builtinsWhenUsed,
  widthsWhenAsked,
  rememberedLines,
  withoutPackageReading,
];
