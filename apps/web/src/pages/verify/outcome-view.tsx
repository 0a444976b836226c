import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { VERIFICATION_LIMIT_BYTES } from "@chancery/api/limits";
import { Button } from "antd";
import type { ReactElement, ReactNode } from "react";
import { formatBytes } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { CommandLine } from "../../parts/command-line.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { AnswerBanner } from "./answer-banner.tsx";
import { AnswerView } from "./answer-view.tsx";
import type { Outcome } from "./check-file.ts";
import { toneOf } from "./judgement.ts";

/** What came of a check: the answer, or in its place why there is none and what can be done. */
export function OutcomeView(props: {
  outcome: Outcome | { readonly kind: "stopped" };
  name: string;
  byLink?: boolean;
  onChoose: () => void;
}): ReactElement {
  const { outcome, name } = props;
  const t = useText("verify");
  const head = (facts: ReactNode): ReactElement => (
    <div className="verify-file">
      <p>
        <strong className="verify-file-name">{name}</strong> <span className="note">{facts}</span>
      </p>
      <Button icon={<UploadOutlined />} onClick={props.onChoose} className="verify-another">
        {props.byLink ? t("drop.linkFile") : t("drop.another")}
      </Button>
    </div>
  );
  if (outcome.kind === "answered") return <AnswerView outcome={outcome} head={head} byLink={props.byLink ?? false} />;
  return (
    <>
      {head("")}
      <Ending outcome={outcome} />
    </>
  );
}

function Ending(props: {
  outcome: Exclude<Outcome, { kind: "answered" }> | { readonly kind: "stopped" };
}): ReactElement {
  const { outcome } = props;
  const t = useText("verify");
  if (outcome.kind === "stopped") return <p className="note">{t("files.stopped")}</p>;
  const tone = toneOf(outcome);
  switch (outcome.kind) {
    case "not-pdf":
      return <AnswerBanner tone={tone} headline={t("notPdf.headline")} explanation={t("notPdf.explanation")} />;
    case "too-large":
      return (
        <AnswerBanner
          tone={tone}
          headline={t("tooLarge.headline")}
          explanation={t("tooLarge.explanation", { limit: formatBytes(VERIFICATION_LIMIT_BYTES) })}
        >
          <CommandLine command="npx chancery verify FILE.pdf --trust chancery-root.pem" />
        </AnswerBanner>
      );
    case "unreadable":
      return <AnswerBanner tone={tone} headline={t("unreadable.headline")} explanation={t("unreadable.explanation")} />;
    case "mismatch":
      return <AnswerBanner tone={tone} headline={t("mismatch.headline")} explanation={t("mismatch.explanation")} />;
    case "unknown-digest":
      return <AnswerBanner tone={tone} headline={t("byLink.unknown")} explanation={t("byLink.unknownWhy")} />;
    case "problem":
      return (
        <>
          <AnswerBanner tone={tone} headline={t("problem.headline")} explanation={t("problem.explanation")} />
          <ErrorPanel error={outcome.error} />
        </>
      );
  }
}
