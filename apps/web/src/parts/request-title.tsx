import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { Tag } from "./state-tag.tsx";

/** What a request is called: its title, or that it is confidential where the reader is not told its title. */
export function useRequestTitle(): (request: { readonly title: string; readonly confidential?: string }) => string {
  const t = useText("parts");
  return ({ title, confidential }) => {
    if (confidential === "masked") return t("request.masked");
    return title || t("request.untitled");
  };
}

/** Where only requests with a title are named: one without has none that the reader may know. */
export function useMaskedTitle(): (title: string) => string {
  const t = useText("parts");
  return (title) => title || t("request.masked");
}

export function ConfidentialTag(): ReactElement {
  const t = useText("parts");
  return (
    <Tag tone="plain" sign="lock">
      {t("request.confidential")}
    </Tag>
  );
}
