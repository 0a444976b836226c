import CheckOutlined from "@ant-design/icons/CheckOutlined";
import KeyOutlined from "@ant-design/icons/KeyOutlined";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { type ConfirmationFacts, matterForm } from "./matter-forms.ts";
import { currentStep, listNeededToConfirm, type Next } from "./matters.ts";
import { type MatterDetail, matterCheckQuery } from "./queries.ts";
import { MatterReasonDialog } from "./reason-dialog.tsx";
import type { MatterActs } from "./use-matter-acts.tsx";

/** The bar at the foot of a matter: what the reader may do next, the decisive act widest and rightmost. */
export function MatterActBar(props: { matter: MatterDetail; next: Next; acts: MatterActs }): ReactElement | null {
  const { matter, next, acts } = props;
  const t = useText("matters");
  if (next === "decide") return <DecideBar matter={matter} acts={acts} />;
  if (next === "confirm") return <ConfirmBar matter={matter} acts={acts} />;
  if (matter.actions.includes("submit")) return <SubmitBar matter={matter} acts={acts} />;
  if (next === "carry-out")
    return (
      <section className="act-bar" aria-label={t("act.carryOut")}>
        <ErrorPanel error={acts.carryOut.error} />
        <Bound text={t("act.boundCarryOut", { digest: formatDigest(matter.digest ?? "") })} />
        <div className="act-buttons">
          <Button
            className="act-main"
            type="primary"
            icon={<CheckOutlined aria-hidden />}
            loading={acts.carryOut.isPending}
            onClick={() => acts.carryOut.mutate()}
          >
            {t("act.carryOut")}
          </Button>
        </div>
      </section>
    );
  return null;
}

function Bound(props: { text: string }): ReactElement {
  return (
    <p className="note small act-bound">
      <KeyOutlined aria-hidden /> {props.text}
    </p>
  );
}

function SubmitBar(props: { matter: MatterDetail; acts: MatterActs }): ReactElement {
  const { matter, acts } = props;
  const t = useText("matters");
  const { data: check } = useQuery(matterCheckQuery(matter));
  const [refused, setRefused] = useState(false);
  const press = (): void => {
    if (check?.ready !== false) {
      acts.submit.mutate();
      return;
    }
    setRefused(true);
    // What it lacks stands in its card, with the way out of each: the press leads there.
    document.getElementById("check-title")?.focus();
  };
  return (
    <section className="act-bar" aria-label={t("act.submit")}>
      <ErrorPanel error={acts.submit.error} />
      {refused && check?.ready === false && (
        <p className="field-problem" role="alert">
          {t("act.notReady", { count: check.refusals.length })}
        </p>
      )}
      <div className="act-buttons">
        <Button
          className="act-main"
          type="primary"
          aria-describedby="check-title"
          loading={acts.submit.isPending}
          onClick={press}
        >
          {t("act.submit")}
        </Button>
      </div>
    </section>
  );
}

function DecideBar(props: { matter: MatterDetail; acts: MatterActs }): ReactElement {
  const { matter, acts } = props;
  const t = useText("matters");
  const [asking, setAsking] = useState<"reject" | "return" | null>(null);
  const [comment, setComment] = useState("");
  const digest = formatDigest(matter.digest ?? "");
  const busy = acts.decide.isPending;
  return (
    <>
      <section className="act-bar" aria-label={t("act.decide")}>
        <ErrorPanel error={asking ? null : acts.decide.error} />
        <details className="act-comment">
          <summary>{t("act.comment")}</summary>
          <ReasonField
            label={t("act.comment")}
            hint={t("act.commentHint")}
            rows={2}
            most={2000}
            value={comment}
            onChange={setComment}
          />
        </details>
        <Bound text={currentStep(matter)?.presence ? t("act.boundPresence", { digest }) : t("act.bound", { digest })} />
        <div className="act-buttons">
          <Button disabled={busy} onClick={() => setAsking("reject")}>
            {t("act.reject")}
          </Button>
          <Button disabled={busy} onClick={() => setAsking("return")}>
            {t("act.return")}
          </Button>
          <Button
            className="act-main"
            type="primary"
            icon={<CheckOutlined aria-hidden />}
            loading={busy && !asking}
            onClick={() => acts.decide.mutate({ decision: "approve", comment })}
          >
            {t("act.approve")}
          </Button>
        </div>
      </section>
      {asking && (
        <MatterReasonDialog
          act={asking}
          busy={busy}
          error={acts.decide.error}
          onGive={(reason) =>
            acts.decide.mutate({ decision: asking, comment: reason }, { onSuccess: (done) => done && setAsking(null) })
          }
          onClose={() => {
            acts.decide.reset();
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

/** One button for each part the reader may confirm; a kind that asks for facts asks for them first. */
function ConfirmBar(props: { matter: MatterDetail; acts: MatterActs }): ReactElement {
  const { matter, acts } = props;
  const t = useText("matters");
  const language = useLanguage();
  const [part, setPart] = useState<string | null>(null);
  const [facts, setFacts] = useState<ConfirmationFacts>({});
  const [tried, setTried] = useState(false);
  const { Confirmation, listUnconfirmed } = matterForm(matter.kind);
  const missing = part === null ? [] : (listUnconfirmed?.(matter, part, facts) ?? []);
  const needed = listNeededToConfirm(matter).map((slot) => nameIn(slot.name, language));
  const nameOf = (wanted: string): string => {
    const found = matter.confirmations.find((one) => one.part === wanted);
    return found ? nameIn(found.name, language) : wanted;
  };
  const open = (wanted: string | null): void => {
    setTried(false);
    setPart(wanted);
  };
  const confirm = (wanted: string): void => {
    setTried(true);
    if (missing.length === 0) acts.confirm.mutate({ part: wanted, facts }, { onSuccess: (done) => done && open(null) });
  };
  return (
    <>
      <section className="act-bar" aria-label={t("act.confirm")}>
        <ErrorPanel error={part ? null : acts.confirm.error} />
        {needed.length > 0 && (
          <Message tone="warning" live title={t("act.evidenceFirst", { names: needed.join(", ") })}>
            {t("act.evidenceFirstWhy")}
          </Message>
        )}
        <Bound text={t("act.boundConfirm", { digest: formatDigest(matter.digest ?? "") })} />
        <div className="act-buttons">
          {matter.mayConfirm.map((one, index) => (
            <Button
              key={one}
              {...(index === matter.mayConfirm.length - 1 ? { className: "act-main", type: "primary" as const } : {})}
              icon={<CheckOutlined aria-hidden />}
              loading={acts.confirm.isPending}
              disabled={needed.length > 0}
              onClick={() => (Confirmation ? open(one) : confirm(one))}
            >
              {t("act.confirmPart", { part: nameOf(one) })}
            </Button>
          ))}
        </div>
      </section>
      {part && Confirmation && (
        <Dialog
          title={nameOf(part)}
          onClose={() => open(null)}
          actions={
            <Button type="primary" loading={acts.confirm.isPending} onClick={() => confirm(part)}>
              {t("act.confirmPart", { part: nameOf(part) })}
            </Button>
          }
        >
          <Confirmation {...{ matter, part, facts }} missing={tried ? missing : []} onChange={setFacts} />
          <ErrorPanel error={acts.confirm.error} />
        </Dialog>
      )}
    </>
  );
}
