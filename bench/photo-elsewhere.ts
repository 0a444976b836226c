import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";

/** A program on this machine that draws PDF otherwise than ours, with letters of its own for fonts that are not embedded; null without one. */
export const otherProgram: "pdftoppm" | null = isThere("pdftoppm") ? "pdftoppm" : null;

function isThere(name: string): boolean {
  try {
    execFileSync(name, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A page of a PDF, from 0, as that program draws it. */
export async function drawElsewhere(
  bytes: Uint8Array,
  page: number,
  size: { readonly widthMm: number; readonly heightMm: number; readonly perMm: number },
): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), "chancery-drawn-"));
  try {
    const [file, out] = [join(folder, "page.pdf"), join(folder, "page")];
    await writeFile(file, bytes);
    const [width, height] = [Math.round(size.widthMm * size.perMm), Math.round(size.heightMm * size.perMm)];
    const scale = ["-scale-to-x", String(width), "-scale-to-y", String(height)];
    execFileSync("pdftoppm", [
      "-png",
      "-singlefile",
      "-f",
      String(page + 1),
      "-l",
      String(page + 1),
      ...scale,
      file,
      out,
    ]);
    const { data, info } = await sharp(await readFile(`${out}.png`))
      .flatten({ background: "#ffffff" })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
