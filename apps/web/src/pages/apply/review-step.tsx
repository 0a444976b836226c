import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useId } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { RequestForms } from "../forms/request-forms.tsx";
import { refreshRequests } from "../requests/queries.ts";
import { useApply } from "./apply-context.ts";
import { DocumentsSay } from "./documents-say.tsx";
import { PapersCard } from "./papers-card.tsx";
import { type CheckResult, checkQuery } from "./queries.ts";
import { QuestionsCard } from "./questions-card.tsx";
import { ReviewFacts } from "./review-facts.tsx";
import { ReviewFindings } from "./review-findings.tsx";
import { ReviewPages } from "./review-pages.tsx";
import { ReviewRoute } from "./review-route.tsx";
import { WizardBar } from "./wizard-bar.tsx";

/** The last step: what will be sealed where, who decides, and what still stands in the way. */
export function ReviewStep(props: { submittedBefore: boolean }): ReactElement {
  const { store, saved, saving, goTo } = useApply();
  const t = useText("apply");
  const findingsId = useId();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // The answer is about what is saved; what is not yet is saved first.
  useEffect(() => {
    void store.flush();
  }, [store]);
  const check = useQuery({ ...checkQuery(saved?.requestId ?? "", saved?.version ?? 0), enabled: saved !== null });
  const current = saving.kind === "saved" && check.data !== undefined && !check.isPlaceholderData;
  const submit = useMutation({
    mutationFn: async () => {
      if (!saved || !(await store.flush())) return null;
      const params = { requestId: saved.requestId };
      // Sent again after a lost answer, the same version is submitted once.
      const idempotencyKey = `submit-${saved.requestId}-${saved.version}`;
      await api("POST /v1/seal-use-requests/:requestId/submit", { params, idempotencyKey });
      return saved.requestId;
    },
    onSuccess: async (requestId) => {
      if (requestId === null) return;
      await refreshRequests(queries);
      await navigate({ to: paths.request(requestId) });
    },
  });
  const unfinished = current ? check.data?.unfinished : undefined;
  useEffect(() => {
    for (const { documentId, places } of unfinished ?? [])
      store.change({ type: "reading", documentId, unfinished: places });
  }, [store, unfinished]);
  const ready = current && check.data?.ready === true;
  return (
    <>
      <div className="review-columns">
        <div className="stack">
          <div id={findingsId}>
            <ErrorPanel error={submit.error} onRetry={() => submit.mutate()} />
            <ErrorPanel error={check.error} onRetry={() => void check.refetch()} />
            {check.data && !submit.error && <ReviewFindings check={check.data} current={current} />}
            {check.data?.otherSide && !submit.error && <OtherFindings other={check.data.otherSide} />}
          </div>
          {check.data && <DocumentsSay check={check.data} />}
          <ReviewPages tallies={check.data?.sealTallies ?? []} />
        </div>
        <div className="stack">
          {check.data ? (
            <Routes check={check.data} />
          ) : (
            <section className="card card-body">
              <LinesSkeleton lines={6} />
            </section>
          )}
          {check.data && <QuestionsCard questions={joinQuestions(check.data)} />}
          {check.data && <PapersCard papers={check.data.papers} />}
          {saved && <RequestForms requestId={saved.requestId} />}
          <ReviewFacts />
        </div>
      </div>
      <WizardBar back={<Button onClick={() => goTo("place")}>{t("bar.back")}</Button>} note={t("review.note")}>
        <Button
          className="wizard-next"
          type="primary"
          disabled={!ready}
          loading={submit.isPending || (saved !== null && !current && !check.error && saving.kind !== "conflict")}
          aria-describedby={findingsId}
          onClick={() => submit.mutate()}
        >
          {props.submittedBefore ? t("bar.submitAgain") : t("bar.submit")}
        </Button>
      </WizardBar>
    </>
  );
}

type Other = NonNullable<CheckResult["otherSide"]>;

/** What is asked about either side, each question once. */
function joinQuestions({ questions, otherSide }: CheckResult): CheckResult["questions"] {
  const more = (otherSide?.questions ?? []).filter((one) => !questions.some(({ key }) => key === one.key));
  return [...questions, ...more];
}

/** Who decides; of a joint request side by side. */
function Routes(props: { check: CheckResult }): ReactElement {
  const { check } = props;
  const { draft } = useApply();
  const t = useText("joint");
  const language = useLanguage();
  const session = useSession();
  const { otherSide } = check;
  if (!otherSide) return <ReviewRoute check={check} />;
  const own = session.entities.find((one) => one.entityId === draft.facts.entityId);
  return (
    <>
      <p className="note">{t("review.both")}</p>
      <ReviewRoute check={check} entity={own ? nameIn(own.name, language) : ""} />
      <ReviewRoute check={otherSide} entity={nameIn(otherSide.entity.name, language)} />
    </>
  );
}

/** What stands against the other side, under its name; what is told of both already is not told twice. */
function OtherFindings(props: { other: Other }): ReactElement | null {
  const { other } = props;
  const t = useText("joint");
  const language = useLanguage();
  const refusals = other.refusals.filter(({ code }) => !code.startsWith("joint."));
  if (refusals.length === 0 && other.missing.length === 0) return null;
  return (
    <section className="stack stack-tight" aria-labelledby="other-findings">
      <h2 id="other-findings">{t("review.findings", { name: nameIn(other.entity.name, language) })}</h2>
      <ReviewFindings check={{ ...other, refusals, ready: false }} current={false} />
    </section>
  );
}
