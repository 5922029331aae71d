// What the bundle of the executable does otherwise than the sources: nothing that changes behaviour, only what is loaded when.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

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
 * the start of every command, the console's among them: 12 ms and 5 MB.
 */
const builtinsWhenUsed: Plugin = {
  name: 'builtins-when-used',
  setup(builder) {
    const names = new Set(builtinModules);
    builder.onResolve({ filter: /^[\w:/]+$/ }, ({ path }) =>
      path.startsWith('node:') || names.has(path)
        ? { path: path.replace(/^(node:)?/, 'node:'), namespace: 'builtin' }
        : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

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
 * frame of 120x40, where one line has changed. What it remembers within a frame is kept for the next ones, within a bound.
 */
const rememberedLines: Plugin = {
  name: 'remembered-lines',
  setup(builder) {
    const forgotten = 'caches = new OutputCaches();';
    // A line of 120 columns is some 12 KB of objects; the largest screens have a hundred texts.
    const remembered = `
      const linesRemembered = 256;
      const textsRemembered = 4096;
      const caches = new OutputCaches();
      function rememberedCaches() {
        if (caches.styledChars.size > linesRemembered) caches.styledChars.clear();
        if (caches.widths.size > textsRemembered) caches.widths.clear();
        if (caches.blockWidths.size > linesRemembered) caches.blockWidths.clear();
        return caches;
      }
    `;
    builder.onLoad({ filter: /ink[/\\]build[/\\]output\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes(forgotten)) throw new Error(`${path} no longer has the line: ${forgotten}`);
      return { contents: text.replace(forgotten, 'caches = rememberedCaches();') + remembered };
    });
  },
};

export const plugins: Plugin[] = [
  withoutDeveloperTools,
  builtinsWhenUsed,
  widthsWhenAsked,
  rememberedLines,
  withoutPackageReading,
];
