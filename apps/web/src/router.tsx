import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import { loadTexts } from "./i18n/i18n.ts";
import type { Page } from "./page.ts";
import { pageTable } from "./page-table.ts";
import { ErrorPage } from "./parts/error-page.tsx";
import { NotFoundPage } from "./parts/not-found-page.tsx";
import { PublicFrame } from "./parts/public-frame.tsx";
import { Root } from "./parts/root.tsx";
import { PageSkeleton } from "./parts/skeletons.tsx";
import { paths } from "./paths.ts";
import { installationQuery, sessionQuery } from "./session.ts";

const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
  beforeLoad: ({ context }) => context.queries.ensureQueryData(installationQuery),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  // Who is not signed in needs neither the menu nor its pictures.
  component: lazyRouteComponent(() => import("./parts/shell.tsx"), "Shell"),
  errorComponent: ErrorPage,
  beforeLoad: async ({ context, location }) => {
    if (await context.queries.ensureQueryData(sessionQuery)) return;
    const { state } = await context.queries.ensureQueryData(installationQuery);
    if (state === "empty" || state === "preparing-sample") throw redirect({ to: paths.firstRun });
    throw redirect({ to: paths.signIn, search: { next: location.href } });
  },
});

const publicRoute = createRoute({ getParentRoute: () => rootRoute, id: "public", component: PublicFrame });

const gateRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "gate",
  component: PublicFrame,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session) throw redirect({ to: paths.overview });
    const { state } = await context.queries.ensureQueryData(installationQuery);
    const empty = state === "empty" || state === "preparing-sample";
    if (empty && location.pathname === paths.signIn) throw redirect({ to: paths.firstRun });
    if (!empty && location.pathname !== paths.signIn) throw redirect({ to: paths.signIn });
  },
});

const PARENTS = { shell: shellRoute, public: publicRoute, gate: gateRoute };

function routeOf(page: Page) {
  const component = lazyRouteComponent<{ page: ComponentType }, "page">(
    async () => ({ page: (await Promise.all([page.load(), loadTexts(page.areas)]))[0] }),
    "page",
  );
  return createRoute({
    getParentRoute: () => PARENTS[page.frame],
    path: page.path,
    beforeLoad: async ({ context }) => {
      if (page.opens === undefined) return;
      const session = await context.queries.ensureQueryData(sessionQuery);
      if (session === null || !page.opens(session)) throw notFound();
    },
    component,
    staticData: { title: page.title },
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  });
}

const under = (frame: Page["frame"]) => pageTable.filter((page) => page.frame === frame).map(routeOf);
const routeTree = rootRoute.addChildren([
  shellRoute.addChildren(under("shell")),
  publicRoute.addChildren(under("public")),
  gateRoute.addChildren(under("gate")),
]);

/** The router over the page table; `queries` is the store of what the server answered. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
    defaultPreload: "intent",
  });
}
