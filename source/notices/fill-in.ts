/**
 * A sentence with its values in place: `{name}` is a value, `{count|restart|restarts}` a number and its noun.
 * A name without a value stays as it is.
 */
export function fillIn(text: string, read: (name: string) => string | number | undefined): string {
  return text.replace(pattern, (placeholder, name: string, one?: string, many?: string) => {
    const value = read(name) ?? placeholder;
    return one === undefined ? String(value) : `${value} ${String(value) === '1' ? one : many}`;
  });
}

/** For the manual: `{count} restarts`. */
export function inPlural(text: string): string {
  return text.replace(pattern, (_, name: string, one?: string, many?: string) =>
    one === undefined ? `{${name}}` : `{${name}} ${many}`,
  );
}

const pattern = /\{(\w+)(?:\|([^|{}]+)\|([^|{}]+))?\}/g;
