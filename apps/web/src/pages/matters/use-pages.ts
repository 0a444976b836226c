import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api.ts";
import type { MatterFilter, MatterSummary, Task, TaskFilter } from "./queries.ts";

export interface Pages<T> {
  readonly items: readonly T[] | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly refetch: () => void;
}

function usePages<T>(
  queryKey: readonly unknown[],
  ask: (after: { after?: string }) => Promise<{ items: T[]; next: string | null }>,
): Pages<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam ? { after: pageParam } : {}),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 5_000,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  };
}

/** Matters by filter, newest change first, more on demand. */
export function useMatters(filter: MatterFilter): Pages<MatterSummary> {
  return usePages(["matters", "list", filter], (after) => api("GET /v1/matters", { query: { ...filter, ...after } }));
}

/** Tasks by filter, those due first, more on demand. */
export function useTasks(filter: TaskFilter): Pages<Task> {
  return usePages(["tasks", "list", filter], (after) => api("GET /v1/tasks", { query: { ...filter, ...after } }));
}
