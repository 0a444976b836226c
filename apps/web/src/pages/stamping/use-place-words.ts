import { useText } from "../../i18n/i18n.ts";
import type { Impression, StampingView } from "./queries.ts";

/** Where an impression stands, in words: its copy and page, and of several documents which. */
export function usePlaceWords(view: Pick<StampingView, "documents">): (impression: Impression) => string {
  const t = useText("stamping");
  return ({ copy, documentId, placement }) => {
    const page = placement.page + 1;
    const document = view.documents.find((one) => one.documentId === documentId)?.name ?? "";
    return view.documents.length > 1 ? t("turn.whereOf", { document, copy, page }) : t("turn.where", { copy, page });
  };
}
