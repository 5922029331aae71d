// Secrets stay out of evidence, journal and screen: by the names of variables and options, by the form of URLs, and wherever their values turn up again.

/** Stands where a secret stood. */
export const mask = '***';

/** A value shorter than this turns up everywhere by chance, and is masked only where its name stands. */
const shortestValue = 6;
/** Of a value of several lines (a private key) each line this long is masked by itself. */
const shortestLine = 16;

const secretWords = new Set(
  'pass passwd password passphrase pwd secret secrets token tokens pat key keys apikey credential credentials cred creds auth authorization cookie cookies dsn'.split(
    ' ',
  ),
);
const secretParts = ['password', 'passwd', 'passphrase', 'secret', 'token', 'credential', 'apikey'];
/** Folders, not passwords. */
const harmless = new Set(['PWD', 'OLDPWD']);

/** Does a variable or option of this name hold a secret? `named` are the names that the profile gives, in lower case. */
function isSecretName(name: string, named: ReadonlySet<string>): boolean {
  if (harmless.has(name)) return false;
  const lower = name.toLowerCase().replace(/^-+/, '');
  if (named.has(lower) || secretParts.some((part) => lower.includes(part))) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => secretWords.has(word));
}

/** Bounded and begun at a word, or else a line of a million letters would be looked at a million times. Quotes end it, so that a line of JSON stays one. */
const urlPassword = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'\\]{0,256}):([^\s@/"'\\]{1,512})@/gi;
// In free text. None of these takes a quote or a backslash that it does not also give back, so that a line of JSON stays one.
/** name=value and name: value. */
const namedValue = /(?<![\w.-])([A-Za-z][\w.-]{0,63})(\s{0,3}=\s{0,3}|\s{0,3}:\s{1,3})[^\s,;&"'\\()[\]{}]{1,512}/g;
/** "name": "value" of JSON, and the same in single quotes. */
const quotedValue =
  /"([A-Za-z][\w.-]{0,63})"(\s{0,3}:\s{0,3})"(?:[^"\\]|\\.){1,4096}"|'([A-Za-z][\w.-]{0,63})'(\s{0,3}:\s{0,3})'[^'"\\\n]{1,512}'/g;
/** --name value. */
const optionValue = /(?<![\w.-])(--?([A-Za-z][\w.-]{0,63})\s{1,3})[^\s"'\\-][^\s"'\\]{0,511}/g;
/** What follows is one word, or two where the first one says of which kind the second is. */
const authorization =
  /\b(authorization["']?\s{0,3}[:=]\s{0,3}["']?)(?:(?:Bearer|Basic|Digest|Token|Negotiate)\s{1,3})?[^\s"'\\,]{1,4096}/gi;
const bearer = /\b(Bearer\s{1,3})[A-Za-z0-9._~+/=-]{8,4096}/g;

/** A word of a command that is written as one text; what quotes hold together is one. */
const wordOfText = /(?:"[^"]*"|'[^']*'|\S)+/g;
/** ?name=value and &name=value. */
const urlParameter = /([?&]([A-Za-z0-9_.-]{1,64})=)([^&\s"'\\]+)/g;

/** The masks of one process. They learn the values from its environment and command line, and find them again in everything else. */
export class Masks {
  private readonly named: ReadonlySet<string>;
  /** Longest first, so that a value that holds another one goes as a whole. */
  private values: string[] = [];
  /** There is one that is masked where its name stands only. */
  private hasShort = false;

  constructor(names: readonly string[]) {
    this.named = new Set(names.map((name) => name.toLowerCase().replace(/^-+/, '')));
  }

  /** Nothing was learnt, so that nothing can turn up. */
  get isEmpty(): boolean {
    return this.values.length === 0 && !this.hasShort;
  }

  environment(variables: Readonly<Record<string, string>>): Record<string, string> {
    const masked: Record<string, string> = {};
    for (const [name, value] of Object.entries(variables)) {
      const isSecret = isSecretName(name, this.named) && value !== '';
      if (isSecret) this.learn(value);
      else this.learnFromUrls(value);
      masked[name] = isSecret ? mask : value;
    }
    // In a second pass, because the value of one variable may stand in an earlier one.
    for (const [name, value] of Object.entries(masked)) masked[name] = this.text(value);
    return masked;
  }

  /** `--password=x`, `--password x`, `-Ddb.password=x`, `password=x`, `Authorization: x`, and what is in URLs. */
  commandLine(words: readonly string[]): string[] {
    let isValueNext = false;
    const masked = words.map((word) => {
      const isValue = isValueNext && !word.startsWith('-');
      isValueNext = false;
      if (isValue) {
        this.learn(word);
        return mask;
      }
      const [, name = '', sign = '', value = ''] = /^([^=:\s/]+)(=|:\s*)(.+)$/s.exec(word) ?? [];
      if (value !== '' && isSecretName(name, this.named)) {
        this.learn(value);
        if (/\s/.test(word)) this.commandText(word);
        return `${name}${sign}${mask}`;
      }
      isValueNext = /^-[^=\s]*$/.test(word) && isSecretName(word, this.named);
      this.learnFromUrls(word);
      // What a shell is given is a command by itself.
      return /\s/.test(word) ? this.commandText(word) : word;
    });
    return masked.map((word) => this.text(word));
  }

  /** A command as one text. */
  commandText(text: string): string {
    const words = [...text.matchAll(wordOfText)].map(([word]) => word.replace(/["']/g, ''));
    // A word without its quotes is shorter, so that this comes to an end.
    const masked = words.length === 1 && words[0] === text ? [this.text(text)] : this.commandLine(words);
    let at = -1;
    return text.replace(wordOfText, (word) => {
      at += 1;
      return masked[at] === words[at] ? word : (masked[at] ?? word);
    });
  }

  text(text: string): string {
    let masked = text;
    for (const value of this.values) if (masked.includes(value)) masked = masked.replaceAll(value, mask);
    // Most texts hold no address, and the search for one begins anew at each word.
    if (masked.includes('://')) masked = masked.replace(urlPassword, `$1:${mask}@`);
    return masked.replace(urlParameter, (whole, before: string, name: string) =>
      isSecretName(name, this.named) ? `${before}${mask}` : whole,
    );
  }

  /** What people and programs write: besides, what stands behind the name of a secret. Never for a state that is to be read again. */
  freeText(text: string): string {
    return this.text(text)
      .replace(authorization, `$1${mask}`)
      .replace(bearer, `$1${mask}`)
      .replace(quotedValue, (whole, double?: string, colon = '', single?: string, other = '') => {
        if (!isSecretName(double ?? single ?? '', this.named)) return whole;
        return double === undefined ? `'${single}'${other}'${mask}'` : `"${double}"${colon}"${mask}"`;
      })
      .replace(namedValue, (whole, name: string, sign: string) =>
        isSecretName(name, this.named) ? `${name}${sign}${mask}` : whole,
      )
      .replace(optionValue, (whole, before: string, name: string) =>
        isSecretName(name, this.named) ? `${before}${mask}` : whole,
      );
  }

  /** Every text in a value of JSON; maps called `environment` by the names of their variables too. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => {
        if (name === 'environment' && isTextMap(one)) return [name, this.environment(one)];
        if (name === 'command' && Array.isArray(one)) return [name, this.commandLine(one.map(String))];
        return [name, this.value(one)];
      }),
    );
  }

  private learnFromUrls(text: string): void {
    for (const [, , password = ''] of text.matchAll(urlPassword)) this.learn(password);
  }

  private learn(value: string): void {
    const lines = value.includes('\n') ? value.split('\n').filter((line) => line.length >= shortestLine) : [];
    // As it stands in a line of JSON it may look different.
    const forms = [value, ...lines].flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]);
    const learnt = forms.filter((form) => form.length >= shortestValue);
    this.hasShort ||= value !== '' && learnt.length === 0;
    this.values = [...new Set([...this.values, ...learnt])].sort((a, b) => b.length - a.length);
  }
}

function isTextMap(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
}
