import { vermilion } from "./face-output.ts";

export type ImpressionOutcome =
  | { readonly ok: true; readonly value: Uint8Array }
  | {
      readonly ok: false;
      readonly code: "impression.size-out-of-range" | "impression.data-mismatch" | "impression.no-ink";
      readonly detail: string;
    };

const maxSide = 4000;
/** Less redness than this between paper and ink is no red impression. */
const minContrast = 32;

/**
 * Takes the paper away from a scanned or photographed red impression: paper, black writing and grey shadow become
 * transparent, red ink becomes vermilion with an opacity that follows its strength. Four bytes a pixel, not
 * premultiplied, at most 4000 × 4000 pixels; the input is left as it is.
 */
export function cleanImpression(rgba: Uint8Array, width: number, height: number): ImpressionOutcome {
  if (!isSide(width) || !isSide(height)) {
    return { ok: false, code: "impression.size-out-of-range", detail: `A side has 1 to ${maxSide} pixels.` };
  }
  const count = width * height;
  if (rgba.length !== count * 4) {
    return { ok: false, code: "impression.data-mismatch", detail: "The data are not four bytes for each pixel." };
  }
  const redness = new Uint8Array(count);
  const histogram = new Uint32Array(256);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    const share = Math.round((Math.max(0, red - Math.max(green, blue)) * alpha) / 255);
    redness[pixel] = share;
    histogram[share] = (histogram[share] ?? 0) + 1;
  }
  const paper = findQuantile(histogram, count * 0.5);
  const ink = findQuantile(histogram, count * 0.995);
  // Where ink covers more than half of the picture the median is ink, and paper the least red there is.
  const ground = ink - paper >= minContrast ? paper : findQuantile(histogram, count * 0.02);
  if (ink - ground < minContrast) {
    return { ok: false, code: "impression.no-ink", detail: "No red impression stands out from the paper." };
  }
  const low = ground + (ink - ground) * 0.18;
  const high = ground + (ink - ground) * 0.7;
  const cleaned = new Uint8Array(count * 4);
  redness.forEach((share, pixel) => {
    const opacity = Math.min(1, Math.max(0, (share - low) / (high - low)));
    if (opacity > 0) cleaned.set([...vermilion, Math.round(opacity * 255)], pixel * 4);
  });
  return { ok: true, value: cleaned };
}

function findQuantile(histogram: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < histogram.length; value += 1) {
    seen += histogram[value] ?? 0;
    if (seen >= rank) return value;
  }
  return histogram.length - 1;
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= maxSide;
}
