import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ErrorPanel } from "./error-panel.tsx";

/** In the place of a page that could not be shown. */
export function ErrorPage(props: ErrorComponentProps): ReactElement {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  return (
    <div className="public-main">
      <ErrorPanel
        error={props.error}
        onRetry={() => {
          queries.reset();
          props.reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
