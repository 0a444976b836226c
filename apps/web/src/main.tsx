import "./theme/base.css";
import "./theme/cards.css";
import "./theme/shell.css";
import "./theme/shell-narrow.css";
import "./theme/parts.css";
import "./theme/faces.css";
import "./theme/timeline.css";
import "./theme/messages.css";
import "./theme/steps.css";
import "./theme/lists.css";
import "./theme/acts.css";
import "./theme/identity.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { findProblem, sessionGate } from "./api.ts";
import { startTexts } from "./i18n/i18n.ts";
import { makeRouter } from "./router.tsx";
import { forgetSession, sessionQuery } from "./session.ts";
import { startTheme } from "./theme/theme.ts";
import { Themed } from "./theme/themed.tsx";
import { watchTyping } from "./typed.ts";

startTheme();
watchTyping();

const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, thrown) => {
        const status = findProblem(thrown)?.status ?? 500;
        return (status === 0 || status >= 500) && failures < 2;
      },
    },
  },
});
const router = makeRouter(queries);
// A session that the server no longer knows, and nothing waits for, ends here too: the guard of the page leads to signing in.
sessionGate.subscribe(() => {
  if (sessionGate.read().session !== null || !queries.getQueryData(sessionQuery.queryKey)) return;
  forgetSession(queries);
  void router.invalidate();
});

await startTexts(["shell", "terms", "parts"]);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Themed>
        <RouterProvider router={router} />
      </Themed>
    </QueryClientProvider>
  </StrictMode>,
);
