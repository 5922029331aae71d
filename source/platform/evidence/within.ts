/** Rejects with `isTimeOver` when the work is not done by then; the work itself cannot be called back. */
export async function within<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  let timeout: NodeJS.Timeout | undefined;
  const timeOver = new Promise<never>((_, reject) => {
    timeout = setTimeout(
      () =>
        reject(Object.assign(new Error('the disk did not answer in time. Monitoring goes on.'), { isTimeOver: true })),
      limitMs,
    );
  });
  try {
    return await Promise.race([work(), timeOver]);
  } finally {
    clearTimeout(timeout);
  }
}
