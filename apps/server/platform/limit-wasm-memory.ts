/** Bytes of a page of memory (WebAssembly 2.0, 4.2.8). */
const pageBytes = 65_536;

/**
 * Keeps compiled code in this thread from growing its memory beyond so many bytes; it is told, as where the machine has no more.
 * The limits of a thread are of its objects alone, and a reader of files may take 2 GB besides for a file of a few kilobytes.
 */
export function limitWasmMemory(mostBytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > mostBytes)
      throw new RangeError("more memory than a file may take");
    return grow.call(this, pages);
  };
}
