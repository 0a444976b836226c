import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { checkDigest, type Outcome } from "./check-file.ts";
import { CheckProgress } from "./check-progress.tsx";
import { DropZone } from "./drop-zone.tsx";
import { FileList } from "./file-list.tsx";
import { groupDigest } from "./judgement.ts";
import { OutcomeView } from "./outcome-view.tsx";
import { useCheckPorts, useFileChecks } from "./use-file-checks.ts";
import "./verify.css";

/** Verifying a file, for anyone: drop it, read one sentence, then five findings, then everything else. */
export function VerifyPage(): ReactElement {
  const t = useText("verify");
  const { digest: given }: Record<string, unknown> = useSearch({ strict: false });
  const linked = typeof given === "string" && /^sha256:[0-9a-f]{64}$/.test(given) ? given : null;
  const { checks, shown, add, show, stop, again } = useFileChecks();
  const outcome = shown?.outcome ?? null;
  const begun = shown !== null || linked !== null;
  return (
    <DropZone onFiles={add} large={!begun}>
      {(choose) => (
        <>
          {!begun && (
            <div className="verify-head">
              <h1>{t("title")}</h1>
              <p className="verify-lead note">{t("lead")}</p>
              {given !== undefined && linked === null && <Message tone="warning" title={t("byLink.broken")} live />}
            </div>
          )}
          <FileList checks={checks} shownId={shown?.id ?? null} onShow={show} />
          {shown && outcome === null && <CheckProgress check={shown} onStop={() => stop(shown.id)} />}
          {shown && outcome !== null && (
            <Focused key={shown.id}>
              {linked && outcome.kind === "answered" && (
                <LinkCompared linked={linked} digest={outcome.answer.file.digest} />
              )}
              <OutcomeView outcome={outcome} name={shown.name} onChoose={choose} onAgain={() => again(shown.id)} />
            </Focused>
          )}
          {!shown && linked && <LinkedAnswer digest={linked} onChoose={choose} />}
        </>
      )}
    </DropZone>
  );
}

/** Takes the reader to the answer once it is there. */
function Focused(props: { children: React.ReactNode }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("h1")?.focus(), []);
  return <div ref={place}>{props.children}</div>;
}

function LinkCompared(props: { linked: string; digest: string }): ReactElement {
  const t = useText("verify");
  const same = props.linked === props.digest;
  return (
    <div className="verify-notice">
      <Message tone={same ? "success" : "warning"} title={t(same ? "byLink.same" : "byLink.differs")} />
    </div>
  );
}

/** The answer for the digest that a link names, without any file. */
function LinkedAnswer(props: { digest: string; onChoose: () => void }): ReactElement {
  const { digest } = props;
  const t = useText("verify");
  const ports = useCheckPorts();
  const {
    data: outcome,
    error,
    refetch,
  } = useQuery({
    queryKey: ["verified", digest],
    queryFn: ({ signal }): Promise<Outcome> => checkDigest(digest, ports, () => undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = t("head.byDigest", { digest: groupDigest(digest) });
  if (outcome?.kind === "unknown-digest")
    return (
      <Message tone="warning" title={t("byLink.unknown")} live>
        {t("byLink.unknownWhy")} <span className="mono digest">{digest}</span>
      </Message>
    );
  return (
    <>
      {!outcome && !error && <CheckProgress check={{ id: 0, name, phase: { at: "asking" }, outcome: null }} />}
      {(outcome || error) && (
        <OutcomeView
          outcome={outcome ?? { kind: "problem", error }}
          name={name}
          byLink
          onChoose={props.onChoose}
          onAgain={() => void refetch()}
        />
      )}
    </>
  );
}
