import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api.ts";
import { type RequestFilter, type RequestSummary, requestsKey } from "./queries.ts";

/** Requests by filter, newest change first, more on demand. */
export function useRequests(filter: RequestFilter): {
  readonly items: readonly RequestSummary[] | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly refetch: () => void;
} {
  const query = useInfiniteQuery({
    queryKey: requestsKey(filter),
    queryFn: ({ pageParam }) =>
      api("GET /v1/seal-use-requests", { query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 5_000,
    placeholderData: (before) => before,
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
