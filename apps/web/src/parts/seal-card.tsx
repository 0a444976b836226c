import CalendarOutlined from "@ant-design/icons/CalendarOutlined";
import EnvironmentOutlined from "@ant-design/icons/EnvironmentOutlined";
import TeamOutlined from "@ant-design/icons/TeamOutlined";
import WarningOutlined from "@ant-design/icons/WarningOutlined";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RouteAnswer } from "../api.ts";
import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useWord } from "../i18n/use-word.ts";
import { paths } from "../paths.ts";
import { BothNames } from "./both-names.tsx";
import { OctagonIcon } from "./icons.tsx";
import { faceOf, SealSpecimen } from "./seal-face.tsx";
import { FactTag, StateTag } from "./state-tag.tsx";
import { faceStateOf } from "./states.ts";

export type SealSummary = RouteAnswer<"GET /v1/seals">["items"][number];

/** The next duty of a seal: what, and how near it is. */
export interface SealDuty {
  readonly text: string;
  readonly urgency: "later" | "soon" | "late";
}

/** One seal on the wall. The whole card is one link; what may be done stands on the seal's page. */
export function SealCard(props: { seal: SealSummary; pxPerMm: number; place?: string; duty?: SealDuty }): ReactElement {
  const { seal, duty } = props;
  const word = useWord();
  const t = useText("parts");
  const language = useLanguage();
  const holders = formatNames(
    seal.custodians.map((person) => nameIn(person.name, language)),
    language,
  );
  return (
    <Link to={paths.seal(seal.sealId)} className="card seal-card">
      <SealSpecimen
        source={faceOf(seal.sealId)}
        name={seal.name}
        widthMm={seal.widthMm}
        heightMm={seal.heightMm}
        state={faceStateOf(seal.state)}
        pxPerMm={props.pxPerMm}
      />
      <div className="seal-card-text">
        <div className="seal-card-head">
          <span className="mono">{seal.number}</span>
          <FactTag>{word("body", seal.body)}</FactTag>
        </div>
        <BothNames name={seal.name} stacked />
        <StateTag kind="seal" state={seal.state} />
        <ul className="seal-card-lines">
          <li>
            <TeamOutlined aria-hidden />
            <span>{holders || t("none")}</span>
          </li>
          <li>
            <EnvironmentOutlined aria-hidden />
            <span>{props.place ?? seal.keyPlace}</span>
          </li>
          {duty && (
            <li data-urgency={duty.urgency}>
              {duty.urgency === "late" ? (
                <OctagonIcon />
              ) : duty.urgency === "soon" ? (
                <WarningOutlined aria-hidden />
              ) : (
                <CalendarOutlined aria-hidden />
              )}
              <span>{duty.text}</span>
            </li>
          )}
        </ul>
      </div>
    </Link>
  );
}
