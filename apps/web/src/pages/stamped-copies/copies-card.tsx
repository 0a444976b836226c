import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SignIcon, StateTag, Tag } from "../../parts/state-tag.tsx";
import type { Look } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { evidenceAddress } from "../matters/queries.ts";
import { CopiesDialog } from "./copies-dialog.tsx";
import { FinalCopies } from "./final-copies.tsx";
import { type CopyGroup, groupCopies, writeNumbers } from "./group-copies.ts";
import { MakeUpDialog } from "./make-up-dialog.tsx";
import { type CopyAct, copiesQuery, type StampedCopy } from "./queries.ts";
import "./stamped-copies.css";

const LOOKS: Readonly<Record<StampedCopy["state"], Look>> = {
  here: { tone: "warning", sign: "warning" },
  "handed-out": { tone: "success", sign: "export" },
  filed: { tone: "success", sign: "box" },
  voided: { tone: "ended", sign: "stop" },
  lost: { tone: "problem", sign: "octagon" },
  "declared-void": { tone: "ended", sign: "stop" },
  found: { tone: "warning", sign: "warning" },
};

const ACTS: readonly CopyAct[] = ["hand-out", "file", "void", "bring-back", "find", "lose"];

/** Where the stamped copies of a request are: each a sheet with its number and state, then in words, with what the reader may say of them. */
export function CopiesCard(props: { requestId: string }): ReactElement | null {
  const { requestId } = props;
  const t = useText("copies");
  const { data, error, refetch } = useQuery(copiesQuery(requestId));
  const [asked, setAsked] = useState<CopyAct | "make-up" | null>(null);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data || data.copies.length === 0) return null;
  const { copies } = data;
  const open = copies.filter(({ state }) => state === "here" || state === "found").length;
  const replaceable = copies.filter(({ mayMakeUp }) => mayMakeUp);
  const may = ACTS.filter((act) => copies.some(({ acts }) => acts.includes(act)));
  return (
    <section className="card" aria-labelledby="copies-title">
      <header>
        <h2 id="copies-title">{t("title")}</h2>
        <Link to={paths.register("copies")}>{t("toRegister")}</Link>
      </header>
      <div className="card-body stack">
        <Sheets copies={copies} />
        <p>
          <SignIcon sign={open > 0 ? "clock" : "check"} /> {open > 0 ? t("owed", { count: open }) : t("allSaid")}
        </p>
        <ul className="stack stack-tight copy-groups">
          {groupCopies(copies).map((group) => (
            <GroupLine key={group.one.copy} group={group} />
          ))}
        </ul>
        {(may.length > 0 || replaceable.length > 0) && (
          <div className="row">
            {may.map((act) => (
              <Button key={act} onClick={() => setAsked(act)}>
                {t(`acts.${act}`)}
              </Button>
            ))}
            {replaceable.length > 0 && <Button onClick={() => setAsked("make-up")}>{t("makeUp.ask")}</Button>}
          </div>
        )}
        <FinalCopies requestId={requestId} />
      </div>
      {asked === "make-up" && (
        <MakeUpDialog requestId={requestId} copies={replaceable} onClose={() => setAsked(null)} />
      )}
      {asked && asked !== "make-up" && (
        <CopiesDialog requestId={requestId} act={asked} copies={copies} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

/** A sheet for each copy: drawn for whoever would rather look; the lines below say the same. */
function Sheets(props: { copies: readonly StampedCopy[] }): ReactElement {
  return (
    <div className="copy-sheets" aria-hidden="true">
      {props.copies.map(({ copy, state }) => {
        const { tone, sign } = LOOKS[state];
        return (
          <span key={copy} className="tag copy-sheet" data-tone={tone}>
            <span>{copy}</span>
            <SignIcon sign={sign} />
          </span>
        );
      })}
    </div>
  );
}

/** The request that replaces the copy; who may not open it reads its number. */
function MakeUpLink(props: { makeUp: NonNullable<StampedCopy["makeUp"]> }): ReactElement {
  const { requestId, number, state, opens } = props.makeUp;
  const t = useText("copies");
  const words = t("makeUp.by", { number: number ?? t("makeUp.draft") });
  return (
    <span className="row">
      {opens ? <Link to={paths.request(requestId)}>{words}</Link> : <span>{words}</span>}
      <StateTag kind="request" state={state} />
    </span>
  );
}

function GroupLine(props: { group: CopyGroup }): ReactElement {
  const { one, copies } = props.group;
  const t = useText("copies");
  const language = useLanguage();
  const recent = useRecent();
  const words = [
    one.state === "handed-out" && t("to", { receiver: one.receiver }),
    one.state === "filed" && t("at", { receiver: one.receiver }),
    one.way !== null && (one.way === "courier" ? t("courier", { number: one.courier }) : t(`ways.${one.way}`)),
    one.reason,
    one.by && one.at && t("said", { name: nameIn(one.by.name, language), at: recent(one.at) }),
    one.state === "here" && one.spoiled > 0 && t("spoiled"),
    one.state === "here" && one.unknown > 0 && t("unknown"),
    one.state === "here" && one.showing !== "shown" && t(`showing.${one.showing}`),
    one.state === "found" && t("foundVoid"),
  ].filter((word) => typeof word === "string" && word !== "");
  return (
    <li className="copy-group">
      <strong>{t("copies", { count: copies.length, list: writeNumbers(copies) })}</strong>
      <Tag {...LOOKS[one.state]}>{t(`states.${one.state}`)}</Tag>
      <span className="note">{words.join(" · ")}</span>
      {one.evidenceId && (
        <a href={evidenceAddress.file(one.evidenceId)} target="_blank" rel="noreferrer">
          {t("photo")}
        </a>
      )}
      {one.makeUp && <MakeUpLink makeUp={one.makeUp} />}
    </li>
  );
}
