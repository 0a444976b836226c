import type { Json, JsonList, MaybeJson, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0023-templates.ts and 0024-document-facts.ts. */
export interface TemplateTables {
  template_versions: {
    version_id: string;
    /** What its versions have in common. */
    template_id: string;
    entity_id: string;
    name_en: string;
    name_zh: string;
    document_class: string;
    language: string;
    file_name: string;
    file_digest: string;
    /** Sizes of its pages as they are shown. */
    pages: JsonList;
    /** Its text with its places, as it is compared. */
    texts: JsonList;
    /** Fields that somebody drew; what the text leaves open is a field anyway. */
    marks: JsonList;
    /** What the index keeps of it. */
    sketch: JsonList;
    /** Of everything that is decided: file, fields, class, name. */
    digest: string;
    written_by: string;
    written_at: When;
    updated_at: When;
    /** Goes up with every save. */
    revision: number;
    number: number | null;
    matter_id: MaybeText;
    in_force_at: MaybeWhen;
    ended_at: MaybeWhen;
    ended_by: MaybeText;
  };
  document_readings: {
    document_id: string;
    /** What the document says of itself. */
    facts: Json;
    /** By class: what a document of it ought to say and this one does not. */
    missing: Json;
    read_at: When;
    /** Digests of the words of each page; empty of a page that says next to nothing, none where it was read before they were kept. */
    page_words: JsonList;
  };
  document_comparisons: {
    document_id: string;
    /** The set of templates it was compared with. */
    shelf: string;
    version_id: MaybeText;
    verdict: string;
    /** Null where nothing is like it, or comparing took too long. */
    comparison: MaybeJson;
    compared_at: When;
  };
  request_fact_rulings: {
    request_id: string;
    round: number;
    key: string;
    ruling: string;
    reason: string;
    step_id: string;
    ruled_by: string;
    ruled_at: When;
  };
}
