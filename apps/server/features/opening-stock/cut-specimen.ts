import sharp from "sharp";
import { cleanSpecimen } from "../seals/clean-specimen.ts";

export type CutSpecimen =
  | { readonly ok: true; readonly png: Uint8Array; readonly widthPx: number; readonly heightPx: number }
  | { readonly ok: false };

/** The impression of a picture alone, upright, without its paper, and cut to its ink. */
export async function cutSpecimen(bytes: Uint8Array): Promise<CutSpecimen> {
  const cleaned = await cleanSpecimen(bytes);
  if (!cleaned.ok || cleaned.inkWidthPx < 10 || cleaned.inkHeightPx < 10) return { ok: false };
  const { inkLeftPx: left, inkTopPx: top, inkWidthPx: width, inkHeightPx: height } = cleaned;
  const png = await sharp(cleaned.png).extract({ left, top, width, height }).png().toBuffer();
  return { ok: true, png, widthPx: width, heightPx: height };
}
