import EnvironmentOutlined from "@ant-design/icons/EnvironmentOutlined";
import TeamOutlined from "@ant-design/icons/TeamOutlined";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RouteAnswer } from "../api.ts";
import { useText } from "../i18n/i18n.ts";
import { useWord } from "../i18n/use-word.ts";
import { paths } from "../paths.ts";
import { BothNames } from "./both-names.tsx";
import { DutyLine } from "./duty-line.tsx";
import { faceOf, SealSpecimen } from "./seal-face.tsx";
import { FactTag, StateTag } from "./state-tag.tsx";
import { faceStateOfSeal } from "./states.ts";
import { useHolders } from "./use-holders.ts";

export type SealSummary = RouteAnswer<"GET /v1/seals">["items"][number];

/** One seal on the wall: who, where, next duty. The whole card is one link; what may be done stands on its page. */
export function SealCard(props: { seal: SealSummary; pxPerMm: number }): ReactElement {
  const { seal } = props;
  const word = useWord();
  const t = useText("parts");
  const holdersOf = useHolders();
  return (
    <Link to={paths.seal(seal.sealId)} className="card seal-card">
      <SealSpecimen
        source={faceOf(seal.sealId)}
        name={seal.name}
        widthMm={seal.widthMm}
        heightMm={seal.heightMm}
        round={seal.faceShape === "circle"}
        state={faceStateOfSeal(seal)}
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
            <span className="unseen">{t("seal.custodians")}</span>
            <span>{holdersOf(seal)}</span>
          </li>
          <li>
            <EnvironmentOutlined aria-hidden />
            <span className="unseen">{t("seal.place")}</span>
            <span>{t(`seal.keyPlace.${seal.keyPlace}`)}</span>
          </li>
          <li>
            <DutyLine seal={seal} />
          </li>
        </ul>
      </div>
    </Link>
  );
}
