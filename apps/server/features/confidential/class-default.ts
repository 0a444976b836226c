import { classIn, type DocumentClassId } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import type { Draft } from "../requests/write-draft.ts";
import { listNamedReaders } from "./readers.ts";

/** A request as it was saved before; a draft that only begins has none. */
interface Saved {
  readonly request_id: string;
  readonly number: string | null;
  readonly document_class: string | null;
  readonly confidential_reason: string | null;
}

/**
 * How confidential a draft is that does not say so: as it was saved, or as its class of documents begins. What it does say,
 * that nobody is kept out as well, is the applicant's word and stays.
 */
export async function withClassDefault<D extends Draft>(reader: Reader, draft: D, saved: Saved | null): Promise<D> {
  if (draft.confidential !== undefined) return draft;
  if (saved !== null && saved.confidential_reason !== null) {
    const readers = await listNamedReaders(reader, saved.request_id);
    return { ...draft, confidential: { reason: saved.confidential_reason, readers } };
  }
  const isChosenNow = saved === null || (saved.number === null && saved.document_class !== draft.documentClass);
  if (draft.documentClass === null || !isChosenNow) return { ...draft, confidential: null };
  return { ...draft, confidential: await readDefault(reader, draft.documentClass) };
}

async function readDefault(reader: Reader, documentClass: DocumentClassId): Promise<Draft["confidential"]> {
  const { confidential, name } = classIn(await readClassBook(reader), documentClass);
  if (!confidential) return null;
  return { reason: `By its class of document: ${name.en} / 按文件类别默认保密：${name.zh}`.slice(0, 500), readers: [] };
}
