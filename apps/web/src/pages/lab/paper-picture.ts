import { sayHalf } from "../../i18n/format.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import face from "./face.svg";
import type { LabPaper } from "./lab-state.ts";
import { papers } from "./people.ts";

const width = 480;
const height = 340;
/** The paper as the camera sees it: a little askew on the desk. */
const sheet = { x: 60, y: 26, width: 360, height: 290 } as const;

let loading: Promise<HTMLImageElement> | undefined;

function loadFace(): Promise<HTMLImageElement> {
  loading ??= new Promise((resolve, reject) => {
    const image = new Image(232, 232);
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The face of the seal could not be drawn."));
    image.src = face;
  });
  return loading;
}

/** What the camera of the box takes: the paper with its impressions or the face of the seal, drawn and made a JPEG. */
export async function photograph(seen: LabPaper | "face" | undefined): Promise<Uint8Array> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws no pictures.");
  context.fillStyle = "#6c6a64";
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate(-0.02);
  context.translate(-width / 2, -height / 2);
  if (seen === "face") drawFace(context, await loadFace());
  else if (seen !== undefined) drawPaper(context, seen, await loadFace());
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
  if (blob === null) throw new Error("This browser makes no pictures.");
  return new Uint8Array(await blob.arrayBuffer());
}

/** The rubber of the seal from below: what it prints, the other way round. */
function drawFace(context: CanvasRenderingContext2D, image: HTMLImageElement): void {
  const size = 250;
  context.fillStyle = "#e9e4da";
  context.beginPath();
  context.arc(width / 2, height / 2, size / 2 + 18, 0, 2 * Math.PI);
  context.fill();
  context.translate(width, 0);
  context.scale(-1, 1);
  context.drawImage(image, (width - size) / 2, (height - size) / 2, size, size);
}

function drawPaper(context: CanvasRenderingContext2D, paper: LabPaper, image: HTMLImageElement): void {
  const { code } = papers[paper.paper];
  context.fillStyle = "#f6f4ec";
  context.fillRect(sheet.x, sheet.y, sheet.width, sheet.height);
  context.fillStyle = "#1b1d21";
  context.font = "600 17px serif";
  context.fillText(sayHalf(paper.title, currentLanguage()), sheet.x + 24, sheet.y + 42);
  context.font = "13px monospace";
  context.fillText(code, sheet.x + sheet.width - 70, sheet.y + 42);
  context.fillStyle = "#b9b6ab";
  for (let line = 0; line < 9; line += 1)
    context.fillRect(sheet.x + 24, sheet.y + 66 + line * 21, line % 3 === 2 ? 210 : 312, 3);
  context.globalCompositeOperation = "multiply";
  const size = sheet.width * 0.24;
  for (const { x, y, turn } of paper.impressions) {
    context.save();
    context.translate(sheet.x + x * sheet.width, sheet.y + y * sheet.height);
    context.rotate((turn * Math.PI) / 180);
    context.drawImage(image, -size / 2, -size / 2, size, size);
    context.restore();
  }
  context.globalCompositeOperation = "source-over";
}
