import { copyFile, renameSync, rmSync, truncate } from 'node:fs';

/**
 * Rotates a file that somebody keeps open: the child goes on writing into the same file, which begins anew.
 * What is written between the copy's end and the truncation is lost; that is the price of never touching the child.
 * On a full disk the oldest copies go, and in the end the contents: a log must not stop the machine.
 */
export function copyAndTruncate(file: string, keep: number, done: (problem: string | null) => void): void {
  if (keep <= 0) {
    cut(file, null, done);
    return;
  }
  const copy = `${file}.copying`;
  copyFile(file, copy, (error) => {
    if (error === null) {
      shift(file, copy, keep);
      cut(file, null, done);
      return;
    }
    rmSync(copy, { force: true });
    if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') {
      done(
        `The output file ${file} cannot be rotated: ${error.message}. It grows beyond its bound; correct the rights of its folder.`,
      );
      return;
    }
    for (let number = keep; number >= 1; number--) {
      if (!remove(`${file}.${number}`)) continue;
      done(`The disk of ${file} is full: its oldest copy was deleted, and rotating is tried again.`);
      return;
    }
    cut(file, `The disk of ${file} is full: its contents were thrown away, since there was no room for a copy.`, done);
  });
}

function shift(file: string, copy: string, keep: number): void {
  for (let number = keep; number > 1; number--) rename(`${file}.${number - 1}`, `${file}.${number}`);
  rename(copy, `${file}.1`);
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // A number that was never reached.
  }
}

function remove(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}

function cut(file: string, problem: string | null, done: (problem: string | null) => void): void {
  truncate(file, 0, (error) =>
    done(error === null ? problem : `The output file ${file} cannot be cut: ${error.message}.`),
  );
}
