import { useInfiniteQuery } from "@tanstack/react-query";

/** A list that is read page by page. */
export interface Pages<Page extends { items: unknown[] }> {
  /** What was read so far; undefined until the first page is there. */
  readonly items: readonly Page["items"][number][] | undefined;
  /** The page read last, with what it tells of the whole list. */
  readonly latest: Page | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly refetch: () => void;
}

/** Reads a list, more on demand; what was found before stays on the page while another filter is asked for. */
export function usePages<Page extends { items: unknown[]; next: string | null }>(
  queryKey: readonly unknown[],
  ask: (after: { after?: string }) => Promise<Page>,
): Pages<Page> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam ? { after: pageParam } : {}),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
  return {
    items: query.data?.pages.flatMap((page): Page["items"][number][] => page.items),
    latest: query.data?.pages.at(-1),
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  };
}
