import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useDay, useMoment } from "../../i18n/use-format.ts";
import { FactLines } from "../../parts/fact-lines.tsx";
import type { MatterDetail } from "../matters/queries.ts";
import { sealQuery } from "../seals/queries.ts";
import { CONDITIONS, readHandover, readTakeOut, textOf } from "./custody-data.ts";
import { usePersonNames } from "./use-person-names.ts";
import "./custody.css";

type Props = { readonly matter: MatterDetail };

export function HandoverFacts({ matter }: Props): ReactElement {
  const t = useText("custody");
  const names = usePersonNames();
  const moment = useMoment();
  const data = readHandover(matter.data);
  const { data: seal } = useQuery({ ...sealQuery(matter.seal?.sealId ?? ""), enabled: matter.seal !== null });
  const inventory = data.bodies.map(({ bodyId, condition }) => {
    const body = seal?.bodies.find((one) => one.bodyId === bodyId);
    const what = CONDITIONS.find((one) => one === condition);
    return `${body?.number ?? ""} ${body?.kind === "electronic" ? t("facts.electronic") : what ? t(`conditions.${what}`) : ""}`.trim();
  });
  return (
    <FactLines
      lines={[
        [t("handover.transferor"), names([data.transferorId])],
        [t("handover.receiver"), names([data.receiverId])],
        [t("handover.witness"), names([data.witnessId])],
        [t("handover.cause"), t(`causes.${data.cause}`)],
        [t("handover.place"), data.place],
        [t("handover.when"), data.at === null ? "" : moment(data.at)],
        [t("facts.inventory"), inventory.join(" · ")],
        [t("facts.locks"), data.lockIds.length === 0 ? t("facts.none") : String(data.lockIds.length)],
        [t("handover.devices"), data.deviceRights],
        [t("handover.books"), data.books],
        [t("handover.requests"), data.requestIds.length === 0 ? t("facts.none") : String(data.requestIds.length)],
      ]}
    />
  );
}

export function ShortHandoverFacts({ matter }: Props): ReactElement {
  const t = useText("custody");
  const names = usePersonNames();
  const day = useDay();
  const text = (name: string): string => textOf(matter.data, name);
  return (
    <FactLines
      lines={[
        [t("handover.transferor"), names([text("transferorId")])],
        [t("handover.deputy"), names([text("deputyId")])],
        [t("handover.witnessByPhone"), names([text("witnessId")])],
        [t("forms.tag"), text("tag")],
        [t("forms.until"), text("until") === "" ? "" : day(text("until"))],
      ]}
    />
  );
}

export function TakeOutFacts({ matter }: Props): ReactElement {
  const t = useText("custody");
  const names = usePersonNames();
  const moment = useMoment();
  const data = readTakeOut(matter.data);
  return (
    <FactLines
      lines={[
        [t("facts.escort"), names(data.escort)],
        [t("forms.place"), data.place],
        [t("forms.documents"), data.documents.map((one) => `${one.title} × ${one.impressions}`).join(" · ")],
        [t("forms.most"), String(data.mostImpressions)],
        [t("forms.due"), data.dueAt === "" ? "" : moment(data.dueAt)],
      ]}
    />
  );
}

/** The few facts of what follows a take-out: an extension, a paper, the return. */
export function TakeOutChangeFacts({ matter }: Props): ReactElement {
  const t = useText("custody");
  const names = usePersonNames();
  const moment = useMoment();
  const text = (name: string): string => textOf(matter.data, name);
  const count = (name: string): string => (typeof matter.data[name] === "number" ? String(matter.data[name]) : "");
  const condition = CONDITIONS.find((one) => one === matter.data.condition);
  return (
    <FactLines
      lines={[
        [t("forms.due"), text("dueAt") === "" ? "" : moment(text("dueAt"))],
        [t("forms.paperTitle"), text("title")],
        [t("forms.impressions"), count("impressions")],
        [t("forms.used"), count("usedImpressions")],
        [t("forms.condition"), condition ? t(`conditions.${condition}`) : ""],
        [t("forms.checker"), names([text("checkerId")])],
      ]}
    />
  );
}
