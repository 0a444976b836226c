import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

export interface SeenCode {
  readonly text: string;
  /** Corners of the square as they lie in the picture: upper left, upper right, lower right, lower left of the upright code. */
  readonly corners: readonly [Point, Point, Point, Point];
}
type Point = readonly [x: number, y: number];

/** Left to itself the library asks a network address for its program. */
let prepared: Promise<unknown> | undefined;
function prepare(): Promise<unknown> {
  prepared ??= prepareZXingModule({
    overrides: {
      wasmBinary: exactBuffer(readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")))),
    },
    fireImmediately: true,
  });
  return prepared;
}
const exactBuffer = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

/** QR codes in a grey picture, however they lie. */
export async function readCodes(
  grey: { width: number; height: number; data: Uint8Array },
  most = 4,
): Promise<SeenCode[]> {
  await prepare();
  const data = new Uint8ClampedArray(grey.data.length * 4);
  for (let from = 0, to = 0; from < grey.data.length; from += 1, to += 4) {
    const value = grey.data[from] ?? 0;
    data[to] = value;
    data[to + 1] = value;
    data[to + 2] = value;
    data[to + 3] = 255;
  }
  const picture = { width: grey.width, height: grey.height, data, colorSpace: "srgb" } as Parameters<
    typeof readBarcodes
  >[0];
  const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: most });
  return found.flatMap(({ isValid, text, position: { topLeft, topRight, bottomRight, bottomLeft } }) =>
    isValid
      ? [
          {
            text,
            corners: [topLeft, topRight, bottomRight, bottomLeft].map(
              ({ x, y }) => [x, y] as const,
            ) as unknown as SeenCode["corners"],
          },
        ]
      : [],
  );
}
