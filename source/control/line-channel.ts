import type { Readable } from 'node:stream';

/** One line without its end, or the news that one was too long; its rest is skipped. */
export type Line = { readonly text: string } | { readonly tooLong: true };

const newline = 0x0a;

/**
 * The lines of a stream. It is read only as fast as the lines are taken, and holds at most one line of `longestBytes`
 * and one chunk. Empty lines are left out; a last line without its end counts. A stream that breaks just ends.
 */
export async function* readLines(stream: Readable, longestBytes: number): AsyncGenerator<Line> {
  const assembly = new LineAssembly(longestBytes);
  try {
    // The stream must stay open for answers after the other side has said its last word.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield* assembly.add(chunk as Buffer);
  } catch (error) {
    if (stream.errored === null && !stream.destroyed) throw error;
    return;
  }
  yield* assembly.finish();
}

class LineAssembly {
  readonly #longestBytes: number;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #skipping = false;

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  *add(chunk: Buffer): Generator<Line> {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      yield* this.#append(chunk.subarray(from, end));
      yield* this.finish();
      from = end + 1;
    }
    yield* this.#append(chunk.subarray(from));
  }

  *finish(): Generator<Line> {
    const text = this.#skipping ? '' : Buffer.concat(this.#pieces).toString('utf8').trim();
    this.#pieces = [];
    this.#bytes = 0;
    this.#skipping = false;
    if (text !== '') yield { text };
  }

  *#append(piece: Buffer): Generator<Line> {
    if (this.#skipping || piece.length === 0) return;
    this.#bytes += piece.length;
    if (this.#bytes <= this.#longestBytes) {
      this.#pieces.push(piece);
      return;
    }
    this.#pieces = [];
    this.#skipping = true;
    yield { tooLong: true };
  }
}

/** A message as it goes over the wire: JSON never holds a bare newline, so one ends it. */
export function encodeLine(message: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`, 'utf8');
}
