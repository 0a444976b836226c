import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { ErrorPanel } from "./error-panel.tsx";
import { PageHeader } from "./page-header.tsx";
import { usePageTitle } from "./use-page-title.ts";

/** In the place of a page whose content could not be fetched: its name stays, so that one knows what is missing. */
export function PageFault(props: { error: unknown; onRetry: () => void }): ReactElement {
  const t = useText("shell");
  const title = usePageTitle();
  return (
    <>
      <PageHeader title={title ? t(`pages.${title}`) : t("product")} />
      <ErrorPanel error={props.error} onRetry={props.onRetry} />
    </>
  );
}
