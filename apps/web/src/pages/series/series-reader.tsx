import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { DocumentReader } from "../requests/document-reader.tsx";
import "../requests/reader.css";

/** Any document of a series, page under page. */
export function SeriesReader(props: { documentId: string }): ReactElement {
  const { documentId } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ["document", documentId],
    queryFn: () => api("GET /v1/documents/:documentId", { params: { documentId } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={8} />;
  return <DocumentReader document={{ ...data, unchanged: true, placements: [], sealed: null }} seals={[]} />;
}
