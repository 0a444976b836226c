import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import { mostOfPiece, SmallPieces } from "./small-pieces.ts";

/** Two ends of a connection on this machine; the first as the broker has it. */
async function makePair() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const far = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = (await once(server, "connection")) as [Socket];
  server.close();
  return { socket, near: new SmallPieces(socket), far };
}

test("whatever comes at once is handed on whole, and never in a piece that would fill the buffer of a connection", async () => {
  const { near, far } = await makePair();
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
  far.end(sent);
  const pieces: Buffer[] = [];
  near.on("data", (piece: Buffer) => void pieces.push(piece));
  await once(near, "end");
  assert.ok(pieces.every(({ length }) => length <= mostOfPiece && length < 1024));
  assert.ok(Buffer.concat(pieces).equals(sent));
  near.end();
  await once(far, "close");
});

test("what is written arrives, and both ends go when one does", async () => {
  const { near, far } = await makePair();
  near.end("an answer");
  const [heard] = (await once(far, "data")) as [Buffer];
  assert.equal(String(heard), "an answer");
  await Promise.all([once(far, "close"), once(near, "close")]);

  const cut = await makePair();
  cut.near.destroy();
  await once(cut.far.resume(), "close");
  assert.ok(cut.socket.destroyed);

  const left = await makePair();
  left.far.resetAndDestroy();
  const [error] = (await once(left.near, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNRESET");
  assert.ok(left.near.destroyed);
});

test("where nobody takes what comes, the other end has to wait", async () => {
  const { socket, near, far } = await makePair();
  const paused = once(socket, "pause");
  far.write(Buffer.alloc(1_000_000));
  await paused;
  const kept = near.readableLength;
  assert.ok(kept < 300_000, `${kept} bytes wait`);
  let taken = 0;
  near.on("data", (piece: Buffer) => {
    taken += piece.length;
    if (taken === 1_000_000) near.destroy();
  });
  await once(near, "close");
  assert.equal(taken, 1_000_000);
  far.destroy();
});
