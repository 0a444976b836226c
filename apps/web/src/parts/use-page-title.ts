import { useMatches } from "@tanstack/react-router";
import type { PageTitle } from "../page.ts";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    title?: PageTitle;
  }
}

/** The name of the page that is shown, by its place in the table of pages. */
export const usePageTitle = (): PageTitle | undefined =>
  useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title });
