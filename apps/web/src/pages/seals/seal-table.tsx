import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatFaceSize, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { DutyLine } from "../../parts/duty-line.tsx";
import type { SealSummary } from "../../parts/seal-card.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { useHolders } from "../../parts/use-holders.ts";
import { paths } from "../../paths.ts";

/** Seals line by line; on a phone each line is a short card. */
export function SealTable(props: { seals: readonly SealSummary[] }): ReactElement {
  const t = useText("seals");
  return (
    <div className="card table-card">
      <table className="table table-rows">
        <caption className="unseen">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("table.seal")}</th>
            <th scope="col">{t("table.kind")}</th>
            <th scope="col">{t("table.entity")}</th>
            <th scope="col">{t("table.state")}</th>
            <th scope="col">{t("people.custodian")}</th>
            <th scope="col">{t("table.duty")}</th>
            <th scope="col" className="number">
              {t("table.size")}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.seals.map((seal) => (
            <SealRow key={seal.sealId} seal={seal} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SealRow(props: { seal: SealSummary }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  const holdersOf = useHolders();
  return (
    <tr>
      <th scope="row">
        <Link to={paths.seal(seal.sealId)}>
          <span className="seal-number">{seal.number}</span> <BothNames name={seal.name} />
        </Link>
      </th>
      <td data-label={t("table.kind")}>
        {nameIn(seal.kindName, language)}
        {seal.important && <span className="note"> · {word("fact", "important")}</span>}
      </td>
      <td data-label={t("table.entity")}>
        {nameIn(seal.entity.name, language)}
        {seal.unit && <span className="note"> · {nameIn(seal.unit.name, language)}</span>}
      </td>
      <td data-label={t("table.state")}>
        <StateTag kind="seal" state={seal.state} />
      </td>
      <td data-label={t("people.custodian")}>{holdersOf(seal)}</td>
      <td data-label={t("table.duty")}>
        <DutyLine seal={seal} />
      </td>
      <td className="number" data-label={t("table.size")}>
        <span className="mono">{formatFaceSize(seal.widthMm, seal.heightMm, seal.faceShape === "circle")}</span>
      </td>
    </tr>
  );
}
