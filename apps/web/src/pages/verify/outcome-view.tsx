import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { VERIFICATION_LIMIT_BYTES } from "@chancery/api/limits";
import { Button } from "antd";
import type { ReactElement, ReactNode } from "react";
import { findProblem } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { CommandLine, CommandsNote } from "../../parts/command-line.tsx";
import { AnswerBanner } from "./answer-banner.tsx";
import { AnswerView } from "./answer-view.tsx";
import type { Outcome } from "./check-file.ts";
import { toneOf } from "./judgement.ts";

/** As people say it: `50 MB`. */
const limit = `${Math.floor(VERIFICATION_LIMIT_BYTES / (1024 * 1024))} MB`;

/** What came of a check: the answer, or in its place why there is none and what can be done. */
export function OutcomeView(props: {
  outcome: Outcome | { readonly kind: "stopped" };
  name: string;
  byLink?: boolean;
  onChoose: () => void;
  onAgain: () => void;
}): ReactElement {
  const { outcome, name } = props;
  const t = useText("verify");
  const head = (facts: ReactNode): ReactElement => (
    <div className="verify-file">
      <p>
        <strong className="verify-file-name">{name}</strong> <span className="note">{facts}</span>
      </p>
      <Button
        icon={<UploadOutlined aria-hidden />}
        onClick={props.onChoose}
        className="verify-another"
        {...(props.byLink ? { type: "primary" as const } : {})}
      >
        {props.byLink ? t("drop.linkFile") : t("drop.another")}
      </Button>
    </div>
  );
  if (outcome.kind === "answered")
    return <AnswerView outcome={outcome} head={head} name={name} byLink={props.byLink ?? false} />;
  return (
    <>
      {head("")}
      <Ending outcome={outcome} onAgain={props.onAgain} />
    </>
  );
}

function Ending(props: {
  outcome: Exclude<Outcome, { kind: "answered" }> | { readonly kind: "stopped" };
  onAgain: () => void;
}): ReactElement {
  const { outcome } = props;
  const t = useText("verify");
  const parts = useText("parts");
  const language = useLanguage();
  const again = (
    <div className="answer-act">
      <Button onClick={props.onAgain}>{parts("problem.again")}</Button>
    </div>
  );
  const tone = outcome.kind === "stopped" ? "plain" : toneOf(outcome);
  switch (outcome.kind) {
    case "not-pdf":
      return <AnswerBanner tone={tone} headline={t("notPdf.headline")} explanation={t("notPdf.explanation")} />;
    case "too-large":
      return (
        <AnswerBanner tone={tone} headline={t("tooLarge.headline")} explanation={t("tooLarge.explanation", { limit })}>
          <CommandsNote />
          <CommandLine command="verify FILE.pdf --trust chancery-root.pem" />
        </AnswerBanner>
      );
    case "unreadable":
      return <AnswerBanner tone={tone} headline={t("unreadable.headline")} explanation={t("unreadable.explanation")} />;
    case "mismatch":
      return <AnswerBanner tone={tone} headline={t("mismatch.headline")} explanation={t("mismatch.explanation")} />;
    case "unknown-digest":
      return <AnswerBanner tone={tone} headline={t("byLink.unknown")} explanation={t("byLink.unknownWhy")} />;
    case "stopped":
      return (
        <AnswerBanner tone={tone} headline={t("stopped.headline")} explanation={t("stopped.explanation")}>
          {again}
        </AnswerBanner>
      );
    case "problem": {
      const problem = findProblem(outcome.error);
      const why = problem?.status === 0 ? t("problem.unreachable") : problem?.sentence[language];
      return (
        <AnswerBanner
          tone={tone}
          headline={t("problem.headline")}
          explanation={`${why ?? t("problem.unexpected")}${language === "en" ? " " : ""}${t("problem.explanation")}`}
        >
          {problem?.requestId && <p className="note small">{parts("problem.request", { id: problem.requestId })}</p>}
          {again}
        </AnswerBanner>
      );
    }
  }
}
