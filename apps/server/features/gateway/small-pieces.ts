import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** Less than the kilobyte with which the buffer of a TLS connection begins. */
export const mostOfPiece = 1000;

/**
 * A socket whose bytes come in small pieces, for TLS over it.
 *
 * What comes in for TLS goes into a buffer that Node keeps as long as the connection. Where Node reads from the socket itself, it
 * begins with 64 kB, and lies where the handshakes of others have left memory that is resident. Of small pieces it keeps one kB:
 * each is taken out before the next comes. The stream between costs 2 of the 10 kB that a connection at rest takes less.
 */
export class SmallPieces extends Duplex {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      let more = true;
      for (let at = 0; at < bytes.length; at += mostOfPiece) more = this.push(bytes.subarray(at, at + mostOfPiece));
      if (!more) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(bytes, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
