import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  followTemplate,
  type PageText,
  readDocumentText,
  readTemplate,
  type TemplateComparison,
} from "@chancery/domain";
import { readPageTexts } from "../../platform/page-text.ts";
import { inspectDocument } from "../sealing/inspect-document.ts";
import { compareDrawn } from "./compare-drawn.ts";

async function read(bytes: Buffer): Promise<readonly PageText[]> {
  const inspected = await inspectDocument(bytes);
  assert.ok(inspected.ok);
  const texts = await readPageTexts(bytes, inspected.pages);
  assert.ok(texts.ok);
  return texts.pages;
}

/** What looking at both finds where the words of a document are its template's. Used by tests. */
export async function compareDrawnInTest(template: Buffer, document: Buffer): Promise<TemplateComparison> {
  const [texts, pages] = [await read(template), await read(document)];
  const followed = followTemplate(readTemplate(readDocumentText(texts), []), readDocumentText(pages));
  assert.match(followed.comparison.verdict, /^same/, JSON.stringify(followed.comparison.differences));
  const digest = createHash("sha256").update(template).digest("hex");
  const outcome = await compareDrawn({
    template: { digest, bytes: new Uint8Array(template), pages: texts },
    document: { bytes: new Uint8Array(document), pages },
    followed,
  });
  assert.ok(outcome.ok && outcome.answer);
  return outcome.answer;
}
