import { encode } from "fast-png";

/** White paper with nothing on it, lit from one side. */
export function blankPicture(): Uint8Array {
  const size = 200;
  const data = Uint8Array.from({ length: size * size * 3 }, (_, at) => 255 - Math.trunc((at % (size * 3)) / 20));
  return encode({ width: size, height: size, data, channels: 3, depth: 8 });
}

/** A ring of red on white paper, as a scan of an impression; each number another shade, so another file. */
export function redPicture(shade = 0, size = 120): Uint8Array {
  const data = new Uint8Array(size * size * 3).fill(255);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const radius = Math.hypot(x - size / 2, y - size / 2);
      if (radius > 40 && radius < 50)
        data.set([200, 20 + (shade % 60), 30 + Math.trunc(shade / 60)], (y * size + x) * 3);
    }
  return encode({ width: size, height: size, data, channels: 3, depth: 8 });
}

/** As large as a photo of a stamped sheet is at the least. */
export const stampedPicture = (shade: number): Uint8Array => redPicture(shade, 320);
