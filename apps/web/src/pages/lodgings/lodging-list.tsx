import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useMoment } from "../../i18n/use-format.ts";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { evidenceAddress } from "../matters/queries.ts";
import { CardDialog } from "./card-dialog.tsx";
import type { Lodging } from "./queries.ts";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";
import "./lodgings.css";

/** Cards with what has to be done with each. `ofSeal` leaves out the seal whose page shows them. */
export function LodgingList(props: {
  items: readonly Lodging[];
  ofSeal?: string;
  onDone: (what: "lodged" | "withdrawn") => void;
}): ReactElement {
  return (
    <ul className="rows">
      {props.items.map((one) => (
        <li key={one.lodgingId} className="rows-line">
          <LodgingLine lodging={one} ofSeal={props.ofSeal ?? null} onDone={props.onDone} />
        </li>
      ))}
    </ul>
  );
}

function LodgingLine(props: {
  lodging: Lodging;
  ofSeal: string | null;
  onDone: (what: "lodged" | "withdrawn") => void;
}): ReactElement {
  const { lodging, ofSeal } = props;
  const t = useText("lodgings");
  const language = useLanguage();
  const day = useDay();
  const [asked, setAsked] = useState<"withdraw" | "replace" | null>(null);
  const seals = lodging.seals.filter((seal) => seal.sealId !== ofSeal);
  const facts = [
    ofSeal === null ? nameIn(lodging.entity.name, language) : "",
    lodging.card === "" ? "" : t("line.card", { card: lodging.card }),
    t("line.since", { on: day(lodging.lodgedOn) }),
    lodging.contact === "" ? "" : t("line.contact", { contact: lodging.contact }),
    lodging.recordedBy ? t("line.by", { name: nameIn(lodging.recordedBy.name, language) }) : "",
  ].filter(Boolean);
  const done = (what: "lodged" | "withdrawn"): void => {
    setAsked(null);
    props.onDone(what);
  };
  return (
    <div className="grow stack stack-tight lodging-line">
      <div className="row">
        <strong className="grow typed">
          {lodging.placeName}
          {lodging.branch !== "" && ` · ${lodging.branch}`}
        </strong>
        <span className="note">{nameIn(lodging.kindName, language)}</span>
        <LodgingTag lodging={lodging} />
      </div>
      {seals.length > 0 && (
        <ul className="row" aria-label={t("line.seals")}>
          {seals.map((seal) => (
            <li key={seal.sealId} className="row">
              <Link to={paths.seal(seal.sealId)}>
                <span className="mono">{seal.number}</span> {nameIn(seal.name, language)}
              </Link>
              <StateTag kind="seal" state={seal.state} />
            </li>
          ))}
        </ul>
      )}
      <span className="note small typed">{facts.join(" · ")}</span>
      {lodging.withdrawn && lodging.withdrawn.note !== "" && <span className="typed">{lodging.withdrawn.note}</span>}
      <div className="row">
        <a href={evidenceAddress.file(lodging.evidenceId)} download>
          {t("line.photo")}
        </a>
        {lodging.withdrawn && (
          <a href={evidenceAddress.file(lodging.withdrawn.evidenceId)} download>
            {t("line.receipt")}
          </a>
        )}
        {lodging.mayWithdraw && (
          <>
            <Button {...(lodging.task ? { type: "primary" as const } : {})} onClick={() => setAsked("withdraw")}>
              {t("line.withdraw")}
            </Button>
            <Button onClick={() => setAsked("replace")}>{t("line.replace")}</Button>
          </>
        )}
      </div>
      {asked === "withdraw" && (
        <WithdrawalDialog lodging={lodging} onClose={() => setAsked(null)} onDone={() => done("withdrawn")} />
      )}
      {asked === "replace" && (
        <CardDialog replaces={lodging} onClose={() => setAsked(null)} onDone={() => done("lodged")} />
      )}
    </div>
  );
}

function LodgingTag({ lodging }: { lodging: Lodging }): ReactElement {
  const t = useText("lodgings");
  const day = useDay();
  const moment = useMoment();
  if (lodging.withdrawn)
    return (
      <Tag tone="ended" sign="box">
        {t("line.withdrawn", { on: day(lodging.withdrawn.on) })}
      </Tag>
    );
  if (!lodging.task)
    return (
      <Tag tone="success" sign="check">
        {t("line.outside")}
      </Tag>
    );
  const at = lodging.task.dueAt === null ? "" : moment(lodging.task.dueAt);
  return lodging.task.overdue ? (
    <Tag tone="problem" sign="octagon">
      {t("line.overdue", { at })}
    </Tag>
  ) : (
    <Tag tone="action" sign="clock">
      {t("line.due", { at })}
    </Tag>
  );
}
