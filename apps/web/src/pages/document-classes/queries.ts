import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";

export type ClassesData = RouteAnswer<"GET /v1/document-classes">;
export type DocumentClass = ClassesData["items"][number];
export type ClassVersion = DocumentClass["earlier"][number];

/** Classes of documents with the seals that may stand on them, the retired ones too: what was made under one is still shown. */
export const documentClassesQuery = queryOptions({
  queryKey: ["document-classes"],
  queryFn: () => api("GET /v1/document-classes"),
  staleTime: 60_000,
});

export const refreshClasses = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: documentClassesQuery.queryKey });

/** `nameOf(id)`: a class as the organisation calls it; until its name is there, the product's word. */
export function useClassName(): (id: string) => string {
  const word = useWord();
  const language = useLanguage();
  const { data } = useQuery(documentClassesQuery);
  return (id) => {
    const found = data?.items.find((one) => one.documentClass === id);
    return found ? nameIn(found.name, language) : word("documentClasses", id);
  };
}
