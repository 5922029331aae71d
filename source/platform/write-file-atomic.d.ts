// The package brings no types; these are the parts that are used.
declare module 'write-file-atomic' {
  interface WriteOptions {
    readonly mode?: number;
  }
  const writeFileAtomic: { sync(path: string, data: string | Uint8Array, options?: WriteOptions): void };
  export default writeFileAtomic;
}
