import { isAbsolute, join } from 'node:path';
import { wordsOf } from '../../../native-bindings/windows/command-line.ts';
import { imagePath } from '../../../native-bindings/windows/image-path.ts';
import { type Account, ownerOf } from '../../../native-bindings/windows/owner.ts';
import type { ListedProcess } from '../../../native-bindings/windows/process-list.ts';
import { readStartWords } from '../../../native-bindings/windows/process-memory.ts';
import { interpretedScript, mayInterpret } from '../interpreted-script.ts';
import { instanceOf, keyOf } from './instances.ts';

/** What a `match` entry is compared with: each is read when it is first asked for, and never again, for a process of Windows stays what it is. */
export class ProcessDetails {
  readonly pid: number;
  /** The base name of its file. */
  readonly name: string;
  #executable: string | null | undefined;
  #words: { readonly arguments: readonly string[]; readonly directory: string } | undefined;
  #account: Account | null | undefined;
  #script: string | null | undefined;

  constructor({ pid, name }: ListedProcess) {
    this.pid = pid;
    this.name = name;
  }

  /** Null where we may not look. */
  get executable(): string | null {
    if (this.#executable === undefined) this.#executable = imagePath(this.pid);
    return this.#executable;
  }

  /** Empty where we may not look. */
  get arguments(): readonly string[] {
    return this.#startWords().arguments;
  }

  /** Null where we may not look. */
  get account(): Account | null {
    if (this.#account === undefined) {
      const owner = ownerOf(this.pid);
      this.#account = typeof owner === 'number' ? null : owner;
    }
    return this.#account;
  }

  /** What it runs if it is an interpreter: a script, absolute where its folder is known, or the name of a module or class. */
  get script(): string | null {
    if (this.#script === undefined) this.#script = this.#readScript();
    return this.#script;
  }

  #readScript(): string | null {
    const bare = this.name.replace(/\.exe$/i, '').toLowerCase();
    if (!mayInterpret(bare)) return null;
    const { arguments: words, directory } = this.#startWords();
    const script = interpretedScript(bare, words);
    return script === null || isAbsolute(script) || !/[\\/.]/.test(script) ? script : join(directory, script);
  }

  #startWords() {
    if (this.#words === undefined) {
      const read = readStartWords(this.pid);
      this.#words =
        typeof read === 'number'
          ? { arguments: [], directory: '' }
          : { arguments: wordsOf(read.commandLine), directory: read.directory };
    }
    return this.#words;
  }
}

/** Remembers what was read, so that later scans read only what is new. */
export class DetailsCache {
  readonly #remembered = new Map<string, ProcessDetails>();

  get(process: ListedProcess): ProcessDetails {
    const key = keyOf(instanceOf(process));
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const fresh = new ProcessDetails(process);
    this.#remembered.set(key, fresh);
    return fresh;
  }

  /** Drops what has ended. */
  keepOnly(living: readonly ListedProcess[]): void {
    const keys = new Set(living.map((one) => keyOf(instanceOf(one))));
    for (const key of this.#remembered.keys()) if (!keys.has(key)) this.#remembered.delete(key);
  }
}
