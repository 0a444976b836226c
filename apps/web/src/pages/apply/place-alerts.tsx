import { Button } from "antd";
import type { ReactElement } from "react";
import { formatMm, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { checkPlace, type Mend, type PlaceFinding } from "./place-checks.ts";
import type { Placing } from "./use-placing.ts";

/** What is to be said about the place of the chosen seal, in words, with a way to mend it by one click. */
export function PlaceAlerts(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const { selected } = placing;
  const seal = selected ? placing.findSeal(selected.sealId) : undefined;
  const findings = selected && seal ? checkPlace(selected, seal, placing.around) : [];
  return (
    <div className="place-alerts" aria-live="polite">
      {findings.map((finding) => (
        <Finding key={finding.kind} finding={finding} placing={placing} />
      ))}
    </div>
  );
}

function Finding(props: { finding: PlaceFinding; placing: Placing }): ReactElement {
  const { finding, placing } = props;
  const t = useText("apply");
  const language = useLanguage();
  const mend = "mend" in finding ? finding.mend : null;
  const action = mend ? { action: <MendButton mend={mend} placing={placing} /> } : {};
  switch (finding.kind) {
    case "too-large":
      return (
        <Message tone="problem" title={t("alerts.tooLarge")}>
          {t("alerts.tooLargeWhy")}
        </Message>
      );
    case "off-page":
      return (
        <Message tone="problem" title={t("alerts.offPage")} {...action}>
          {t("alerts.offPageWhy")}
        </Message>
      );
    case "overlaps": {
      const names = finding.others.flatMap((key) => {
        const placed = placing.document.placed.find((one) => one.key === key);
        const seal = placed && placing.findSeal(placed.sealId);
        return seal ? [nameIn(seal.name, language)] : [];
      });
      return (
        <Message tone="warning" title={t("alerts.overlaps", { names: [...new Set(names)].join(", ") })} {...action}>
          {t("alerts.overlapsWhy")}
        </Message>
      );
    }
    case "covers":
      return (
        <Message tone="warning" title={t("alerts.covers", { words: quote(finding.words) })} {...action}>
          {t("alerts.coversWhy")}
        </Message>
      );
    case "on-block":
      return <Message tone="success" title={t("alerts.onBlock", { words: quote(finding.words) })} />;
  }
}

function MendButton(props: { mend: Mend; placing: Placing }): ReactElement {
  const { mend, placing } = props;
  const t = useText("apply");
  return (
    <Button size="small" onClick={() => placing.move(mend.to)}>
      {t(`alerts.mend.${mend.way}`, { mm: formatMm(mend.mm) })}
    </Button>
  );
}

/** The first words of what lies under the seal: enough to find it, not to read it again. */
function quote(words: readonly string[]): string {
  const text = words.join(" ").replace(/\s+/g, " ");
  return text.length > 36 ? `${text.slice(0, 35)}…` : text;
}
