import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement, ReactNode } from "react";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { RulesPageData, Version } from "./queries.ts";
import { sayDraft } from "./shown.ts";
import { useVersionName, VersionTag } from "./version-names.tsx";

/** Drafts that are being written, for those who write them. */
export function DraftsCard(props: { data: RulesPageData }): ReactElement {
  const { starterSets, versions } = props.data;
  const t = useText("rulesOfUse");
  const drafts = versions.filter((one) => one.state === "draft");
  return (
    <section className="card" aria-labelledby="drafts-title">
      <header>
        <h2 id="drafts-title">{t("drafts.title")}</h2>
      </header>
      {drafts.length === 0 ? (
        <p className="card-body note">{t("drafts.none")}</p>
      ) : (
        <ul className="rows">
          {drafts.map((one) => (
            <VersionLine key={one.versionId} version={one} starterSets={starterSets} read={t("act.open")}>
              <DraftTag version={one} />
            </VersionLine>
          ))}
        </ul>
      )}
    </section>
  );
}

function DraftTag(props: { version: Version }): ReactElement {
  const t = useText("rulesOfUse");
  const say = sayDraft(props.version);
  return (
    <Tag tone={say === "complete" ? "success" : "warning"} sign={say === "complete" ? "check" : "warning"}>
      {say === "outdated" && t("outdated")}
      {say === "faults" && t("faults", { count: props.version.faults ?? 0 })}
      {say === "complete" && t("noFaults")}
    </Tag>
  );
}

/** Every version that was ever in force, the newest first, down to what the organisation began with. */
export function VersionsCard(props: {
  data: RulesPageData;
  onBegin: (from: Version["versionId"]) => void;
}): ReactElement {
  const { versions, starterSets, mayWrite } = props.data;
  const t = useText("rulesOfUse");
  return (
    <section className="card" aria-labelledby="versions-title">
      <header>
        <h2 id="versions-title">{t("versions.title")}</h2>
      </header>
      <ul className="rows">
        {versions
          .filter((one) => one.state !== "draft")
          .map((one) => (
            <VersionLine
              key={one.versionId}
              version={one}
              starterSets={starterSets}
              read={t("act.read")}
              act={
                mayWrite &&
                one.state !== "in-force" && (
                  <Button onClick={() => props.onBegin(one.versionId)}>{t("act.backTo")}</Button>
                )
              }
            >
              <VersionTag state={one.state} />
            </VersionLine>
          ))}
      </ul>
    </section>
  );
}

function VersionLine(props: {
  version: Version;
  starterSets: RulesPageData["starterSets"];
  read: string;
  act?: ReactNode;
  children: ReactNode;
}): ReactElement {
  const { version, read, act, children } = props;
  const { matter } = version;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const moment = useMoment();
  const nameOf = useVersionName(props.starterSets);
  const starter = version.writtenBy === null;
  return (
    <li className="rows-line">
      <div className="grow stack stack-tight">
        <div className="row">
          <strong>{nameOf(version)}</strong>
          {children}
          {version.number !== null && !starter && version.note !== "" && (
            <span className="note">{sayHalf(version.note, language)}</span>
          )}
        </div>
        <span className="note small">
          {starter && t("versions.first")}
          {version.writtenBy &&
            version.updatedAt &&
            t("written", { name: nameIn(version.writtenBy.name, language), at: moment(version.updatedAt) })}
          {version.inForceAt && ` · ${t("inForceAt", { at: moment(version.inForceAt) })}`}
          {version.replacedAt && ` · ${t("replacedAt", { at: moment(version.replacedAt) })}`}
        </span>
      </div>
      <div className="row">
        {matter && (
          <>
            <Link className="button-link button-link-quiet" to={paths.matter(matter.matterId)}>
              {matter.number === null ? t("matterDraft") : t("matter", { number: matter.number })}
            </Link>
            <StateTag kind="matter" state={matter.state} />
          </>
        )}
        {act}
        <Link className="button-link button-link-quiet" to={paths.rulesVersion(version.versionId)}>
          {read} <span className="unseen">{nameOf(version)}</span>
        </Link>
      </div>
    </li>
  );
}
