import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useMoment } from "../../i18n/use-format.ts";
import { FactLines } from "../../parts/fact-lines.tsx";
import { useMaskedTitle } from "../../parts/request-title.tsx";
import { paths } from "../../paths.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { CONDITIONS, readHandover, readTakeOut, textOf } from "./custody-data.ts";
import { useLockName } from "./use-lock-name.ts";
import { usePersonNames } from "./use-person-names.ts";
import "./custody.css";

type Props = { readonly matter: MatterDetail };

export function HandoverFacts({ matter }: Props): ReactElement {
  const t = useText("custody");
  const names = usePersonNames();
  const language = useLanguage();
  const titleOf = useMaskedTitle();
  const lockName = useLockName();
  const moment = useMoment();
  const data = readHandover(matter.data);
  const { bodies = [], locks = [], requests = [] } = matter.handedOver ?? {};
  const inventory = bodies.map((body) => {
    const found = data.bodies.find((one) => one.bodyId === body.bodyId)?.condition ?? "good";
    const state = body.kind === "electronic" ? t("facts.electronic") : t(`conditions.${found}`);
    return `${nameIn(body.seal.name, language)} ${body.number} · ${state}`;
  });
  const listed = (lines: readonly string[]): ReactNode => (lines.length === 0 ? t("facts.none") : <Lines of={lines} />);
  return (
    <FactLines
      lines={[
        [t("handover.transferor"), names([data.transferorId])],
        [t("handover.receiver"), names([data.receiverId])],
        [t("handover.witness"), names([data.witnessId])],
        [t("handover.cause"), t(`causes.${data.cause}`)],
        [t("handover.place"), data.place],
        [t("handover.when"), data.at === null ? "" : moment(data.at)],
        [t("facts.inventory"), listed(inventory)],
        [t("facts.locks"), listed(locks.map(lockName))],
        [t("handover.devices"), data.deviceRights],
        [t("handover.books"), data.books],
        [t("handover.requests"), listed(requests.map((one) => `${one.number ?? ""} ${titleOf(one.title)}`.trim()))],
      ]}
    />
  );
}

/** Several things, a line each. */
function Lines(props: { of: readonly string[] }): ReactElement {
  return (
    <ul>
      {props.of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
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
  const language = useLanguage();
  const { takeOut } = matter;
  const due = takeOut ? moment(takeOut.dueAt) : "";
  const papers = (takeOut?.papers ?? []).map((one) => `${one.title} × ${one.impressions}`);
  return (
    <FactLines
      lines={[
        [
          t("facts.takeOut"),
          takeOut && (
            <Link to={paths.matter(takeOut.takeOutId)}>
              {`${nameIn(takeOut.seal.name, language)} ${takeOut.bodyNumber} · ${takeOut.title} ${takeOut.number ?? ""}`.trim()}
            </Link>
          ),
        ],
        [t("facts.destination"), takeOut?.place ?? ""],
        [t("facts.escort"), takeOut ? names(takeOut.escort.map((one) => one.personId)) : ""],
        [t("facts.papers"), takeOut && (papers.length === 0 ? t("facts.none") : <Lines of={papers} />)],
        [
          t("facts.impressions"),
          takeOut
            ? t("facts.impressionsLeft", {
                most: takeOut.mostImpressions,
                left: Math.max(0, takeOut.mostImpressions - takeOut.listedImpressions),
              })
            : "",
        ],
        [t("facts.dueNow"), takeOut ? (takeOut.overdue ? t("facts.dueOverdue", { at: due }) : due) : ""],
        [
          t(matter.kind === "take-out-extension" ? "facts.dueWanted" : "forms.due"),
          text("dueAt") === "" ? "" : moment(text("dueAt")),
        ],
        [t("forms.paperTitle"), text("title")],
        [t("forms.impressions"), count("impressions")],
        [t("forms.used"), count("usedImpressions")],
        [t("forms.difference"), text("difference")],
        [t("forms.condition"), condition ? t(`conditions.${condition}`) : ""],
        [t("forms.checker"), names([text("checkerId")])],
        [
          t("forms.container"),
          matter.kind === "take-out-return" && takeOut
            ? takeOut.goesTo
              ? nameIn(takeOut.goesTo, language)
              : t("facts.inHand")
            : "",
        ],
      ]}
    />
  );
}
