import type { ReactElement } from "react";
import type { RouteAnswer } from "../api.ts";
import { nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { FactTag } from "./state-tag.tsx";

/** That another entity seals the same paper, and which. */
export function JointTag(props: {
  request: Pick<RouteAnswer<"GET /v1/overview">["waiting"][number], "joint">;
}): ReactElement | null {
  const { joint } = props.request;
  const t = useText("parts");
  const language = useLanguage();
  return joint && <FactTag>{t("request.joint", { name: nameIn(joint.entity.name, language) })}</FactTag>;
}
