import type { LabelledDocument } from "./entry-set.ts";

export async function realDocuments(): Promise<LabelledDocument[]> {
  return [];
}
