import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { peopleQuery } from "../organisation/queries.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { useApply } from "./apply-context.ts";

/** An entity without a seal in use: who has to do what before anything can be sealed. */
export function NoSealsMessage(): ReactElement | null {
  const { draft } = useApply();
  const t = useText("apply");
  const language = useLanguage();
  const { data: seals } = useQuery(sealChoicesQuery);
  const own = seals?.items.filter((seal) => seal.entity.entityId === draft.facts.entityId);
  const none = own !== undefined && !own.some((seal) => seal.state === "in-use");
  const { data: people } = useQuery({ ...peopleQuery, enabled: none });
  if (!own || !none) return null;
  const who = (people?.items ?? [])
    .filter((person) => person.roles.includes("seal-administrator") && person.state !== "departed")
    .map((person) => nameIn(person.name, language));
  return (
    <div className="wizard-message">
      <Message tone="warning" title={own.length === 0 ? t("noSeals.none") : t("noSeals.notInUse")}>
        <p>{own.length === 0 ? t("noSeals.register") : t("noSeals.putInUse")}</p>
        <p>
          {who.length > 0 ? t("noSeals.who", { names: formatNames(who, language) }) : t("noSeals.nobody")}{" "}
          {t("noSeals.meanwhile")}
        </p>
      </Message>
    </div>
  );
}
