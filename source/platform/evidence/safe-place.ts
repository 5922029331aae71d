// The folder of all incidents holds secrets of processes: nobody else may look into it, or lead us elsewhere.
import { chmodSync, lstatSync, type Stats } from 'node:fs';
import { makeFolder } from '../folder.ts';

/** Null when it is ours alone; else why nothing can be kept there. Makes it when it is missing. */
export function whyNoPlace(directory: string): string | null {
  try {
    makeFolder(directory, 0o700);
    const stat = lstatSync(directory);
    const trouble = whyNotOurs(directory, stat);
    if (trouble !== null) return trouble;
    if ((stat.mode & 0o077) !== 0) chmodSync(directory, 0o700);
    return null;
  } catch (error) {
    return `${directory} cannot be used: ${(error as Error).message}. Make room or correct the rights.`;
  }
}

function whyNotOurs(directory: string, stat: Stats): string | null {
  if (stat.isSymbolicLink())
    return `${directory} is a symbolic link, which is never followed. Put a folder in its place.`;
  if (!stat.isDirectory()) return `${directory} is not a folder. Move it away.`;
  const own = process.geteuid?.();
  if (own !== undefined && stat.uid !== own)
    return `${directory} belongs to user ${stat.uid}, and this engine runs as user ${own}. Give it to the engine's user or move it away.`;
  return null;
}

/** For those who read: null, or why it cannot be read. A folder that is not there yet holds nothing, which is no trouble. */
export function whyUnreadable(directory: string): string | null {
  try {
    const stat = lstatSync(directory, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (stat.isSymbolicLink()) return `${directory} is a symbolic link, which is never followed.`;
    if (!stat.isDirectory()) return `${directory} is not a folder.`;
    const own = process.geteuid?.();
    if (own === undefined || stat.uid === own) return null;
    if (own === 0)
      return `${directory} belongs to user ${stat.uid}: what lies there may have been made by anybody. Read it as that user.`;
    return `${directory} belongs to user ${stat.uid}, and you are user ${own}. Run the command as that user, or as root where the engine is root's.`;
  } catch (error) {
    return `${directory} cannot be read: ${(error as Error).message}.`;
  }
}
