import { access, appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceRequest } from '../../ports/evidence.ts';
import { Masks } from '../../profile/secrets.ts';
import { folderName } from './folder-name.ts';
import type { Job, Part, ProcessFacts } from './part.ts';

/** One incident under way, and what it costs. */
export class Taking implements Job {
  readonly request: EvidenceRequest;
  readonly folder: string;
  readonly masks: Masks;
  readonly facts: ProcessFacts = {};
  readonly missing: string[] = [];
  /** What the engine knows, masked; its secrets are known from here on. */
  readonly engineFacts: unknown;
  readonly askedAtMs = performance.now();
  readonly costs: Record<string, number> = {};
  frames: readonly string[] = [];
  private limitAtMs: number;
  private readonly reserveMs: number;

  constructor(request: EvidenceRequest, folder: string, reserveMs: number) {
    this.request = request;
    this.folder = folder;
    this.reserveMs = Math.min(reserveMs, request.withinMs / 4);
    this.masks = new Masks(request.secrets);
    this.engineFacts = this.masks.value(request.facts);
    this.limitAtMs = this.askedAtMs + request.withinMs;
  }

  /** The time of the living began when they were asked for, because their restart waits. */
  beginTime(): void {
    if (!this.request.lives) this.limitAtMs = performance.now() + this.request.withinMs;
  }

  leftMs(): number {
    return Math.max(0, this.limitAtMs - this.reserveMs - performance.now());
  }

  tookMs(): number {
    return Math.round((performance.now() - this.askedAtMs) * 10) / 10;
  }

  async run(part: Part, stage: (name: string) => void): Promise<void> {
    if (this.leftMs() === 0) {
      this.missing.push(`no ${part.name}: the ${this.request.withinMs} ms for all evidence were over`);
      return;
    }
    stage(part.name);
    const beganAtMs = performance.now();
    try {
      await part.take(this);
    } catch (error) {
      this.missing.push(`no ${part.name}: ${(error as Error).message}`);
    }
    this.costs[part.name] = Math.round((performance.now() - beganAtMs) * 10) / 10;
  }

  async write(file: string, text: string): Promise<boolean> {
    return this.attempt(file, () => this.writeOrThrow(file, text));
  }

  async writeOrThrow(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), this.masked(file, text), { mode: 0o600, flag: 'wx' });
  }

  async append(file: string, text: string): Promise<boolean> {
    return this.attempt(file, () => appendFile(join(this.folder, file), this.masked(file, text), { mode: 0o600 }));
  }

  private masked(file: string, text: string): string {
    return file.endsWith('.txt') ? this.masks.freeText(text) : this.masks.text(text);
  }

  /** Two in one millisecond: the second gets a number behind its name. */
  async freeName(directory: string): Promise<string> {
    const wanted = folderName(this.request);
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}+${number}`;
      const isThere = await access(join(directory, name)).then(
        () => true,
        () => false,
      );
      if (!isThere) return name;
    }
  }

  private async attempt(file: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.missing.push(`no ${file}: ${code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : message}`);
      // Half a file misleads, and takes the room of incident.json.
      await rm(join(this.folder, file), { force: true }).catch(() => {});
      return false;
    }
  }
}
