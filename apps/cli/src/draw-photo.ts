import { randomBytes } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

const side = 240;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** What a simulated camera sees: a sheet with a red ring that stands a little elsewhere each time (PNG, ISO/IEC 15948). */
export function drawPhoto(): Uint8Array {
  const [x = 0, y = 0, tint = 0] = randomBytes(3);
  const centre = [80 + (x % 80), 80 + (y % 80)] as const;
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const distance = Math.hypot(column - centre[0], row - centre[1]);
      const red = distance > 52 && distance < 60;
      const at = row * (side * 3 + 1) + 1 + column * 3;
      rows[at] = red ? 190 : 250;
      rows[at + 1] = red ? 30 + (tint % 20) : 250 - (tint % 8);
      rows[at + 2] = red ? 30 : 245;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}
