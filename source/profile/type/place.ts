import type { FieldType } from '../field.ts';
import { isAbsolute, systems } from '../paths.ts';
import { text } from './scalar.ts';

/** A file or folder; relative ones are resolved later, by whoever knows the profile's folder. */
export function path(): FieldType<string> {
  return text({ words: 'path', expected: 'a path' });
}

export function url(): FieldType<string> {
  const expected = 'a URL such as http://127.0.0.1:8080/health';
  const pattern = /^https?:\/\/(?:[^\s/?#@]+@)?(?:\[[\da-f:.]+\]|[^\s/?#:@[\]]+)(?::(\d{1,5}))?(?:[/?#]\S*)?$/i;
  return text({
    words: 'URL',
    expected,
    examples: ['http://127.0.0.1:8080/health'],
    check: (value) => {
      const found = pattern.exec(value);
      if (found === null) {
        return {
          what: `${JSON.stringify(value)} is not a URL`,
          hint: /^[a-z]+:\/\//i.test(value) ? '' : `write http://${value}`,
        };
      }
      return found[1] === undefined || isPort(found[1]) ? null : { what: `there is no port ${found[1]}`, hint: '' };
    },
  });
}

/** What a TCP probe connects to. */
export function address(): FieldType<string> {
  return text({
    words: 'address',
    expected: 'host:port, :port, port, or the absolute path of a Unix socket',
    examples: ['127.0.0.1:5432', ':5432', '/run/postgresql/.s.PGSQL.5432'],
    check: (value) => {
      if (value.startsWith('/')) return null;
      const found = /^(?:(?:\[[\da-f:.]+\]|[^\s:/]*):)?(\d{1,5})$/i.exec(value);
      if (found === null) return { what: `${JSON.stringify(value)} is not an address`, hint: '' };
      return isPort(found[1] as string) ? null : { what: `there is no port ${found[1]}`, hint: '' };
    },
  });
}

/** A program's file: an absolute path, or a base name without any slash. */
export function executable(): FieldType<string> {
  return text({
    words: 'path or name',
    expected: 'the absolute path of the program or its base name',
    check: (value) =>
      value.includes('/') && !systems.some((system) => isAbsolute(value, system))
        ? { what: `${JSON.stringify(value)} is a relative path`, hint: 'write the whole path from / on' }
        : null,
  });
}

export function regularExpression(): FieldType<string> {
  return text({
    words: 'regular expression',
    expected: 'a regular expression',
    check: (value) => {
      try {
        new RegExp(value);
        return null;
      } catch (error) {
        const reason = String((error as Error).message).replace(/^Invalid regular expression: /, '');
        return {
          what: `is no regular expression: ${reason}`,
          hint: 'put \\ before characters that are meant as themselves',
        };
      }
    },
  });
}

function isPort(digits: string): boolean {
  const port = Number(digits);
  return port >= 1 && port <= 65_535;
}
