import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api.ts";
import { type Pages, usePages } from "../../parts/use-pages.ts";
import { type Running, type RunningRequest, runningQuery } from "./queries.ts";
import { stillNamed } from "./running-shown.ts";

/** Running requests page by page, and those that were chosen of them, whatever is looked for now. */
export interface RunningList {
  readonly pages: Pages<Running>;
  readonly search: string;
  readonly look: (search: string) => void;
  /** Of the ids that were wanted, those that may still be named. */
  readonly chosen: readonly string[];
  /** Chosen ones that are not on the pages read. */
  readonly apart: readonly RunningRequest[];
  /** The ids chosen once this request is, or is no more. */
  readonly toggled: (request: RunningRequest, checked: boolean) => string[];
}

/** `wanted`: the ids that are chosen. `before`: those that were chosen before the page was opened. */
export function useRunning(wanted: readonly string[], before: readonly string[] = []): RunningList {
  const [search, look] = useState("");
  const [ticked, setTicked] = useState<readonly RunningRequest[]>([]);
  const pages = usePages<Running>([...runningQuery.queryKey, "list", search], (after) =>
    api("GET /v1/rules/running", { query: { ...(search === "" ? {} : { search }), ...after } }),
  );
  const named = before.join(",");
  const earlier = useQuery({
    queryKey: [...runningQuery.queryKey, "named", named],
    queryFn: () => api("GET /v1/rules/running", { query: { named } }),
    enabled: named !== "",
  });
  const listed = pages.items ?? [];
  // What was read last of each comes first.
  const known = [...listed, ...(earlier.data?.items ?? []), ...ticked];
  const chosen = stillNamed(known, wanted);
  const shown = new Set(listed.map(({ requestId }) => requestId));
  return {
    ...{ pages, search, look, chosen },
    apart: chosen.flatMap((id) => (shown.has(id) ? [] : (known.find(({ requestId }) => requestId === id) ?? []))),
    toggled: (request, checked) => {
      if (!checked) return chosen.filter((id) => id !== request.requestId);
      setTicked((some) => [...some, request]);
      return [...chosen, request.requestId];
    },
  };
}
