import { useQueryClient } from "@tanstack/react-query";
import { useBlocker, useSearch } from "@tanstack/react-router";
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useText } from "../../i18n/i18n.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { StepBar } from "../../parts/step-bar.tsx";
import { paths } from "../../paths.ts";
import { type RequestDetail, refreshRequests } from "../requests/queries.ts";
import { ApplyContext } from "./apply-context.ts";
import type { ApplyStore } from "./apply-store.ts";
import { useOpenedDocuments } from "./document-opener.tsx";
import { DocumentsStep } from "./documents-step.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { MakeUpWords } from "./make-up-words.tsx";
import { PlaceStep } from "./place-step.tsx";
import { ReturnedWords } from "./returned-words.tsx";
import { ReviewStep } from "./review-step.tsx";
import { SaveTroubleMessage } from "./save-trouble.tsx";
import { findOpenStep, findStep, listStepStates, WIZARD_STEPS, type WizardStep } from "./steps.ts";
import "../requests/requests.css";
import "../requests/reader.css";
import "./apply.css";
import "./stage.css";

/**
 * The application in three steps, over one draft that saves itself. The step stands in the address, so that the
 * browser's own way back leads to the step before.
 */
export function Wizard(props: {
  store: ApplyStore;
  /** The request as it was opened; null for a new one. */
  request: RequestDetail | null;
  goTo: (step: WizardStep, requestId: string | null, replace: boolean) => void;
  wishedSealId?: string | null;
}): ReactElement {
  const { store, request, goTo, wishedSealId = null } = props;
  const t = useText("apply");
  const queries = useQueryClient();
  const snapshot = useSyncExternalStore(store.subscribe, store.read);
  const search: { step?: unknown } = useSearch({ strict: false });
  // What came back is opened where it is changed; a draft where it was left.
  const [first] = useState(() => (request?.number ? "documents" : findOpenStep(store.read().draft)));
  const step = findStep(search.step) ?? first;
  const requestId = snapshot.saved?.requestId ?? null;
  const leaving = useLeaving(store);
  // The step the reader is on his way to: a draft that is begun meanwhile must not call him back.
  const wanted = useRef(step);
  useEffect(() => {
    wanted.current = step;
  }, [step]);
  const go = useCallback(
    (to: WizardStep) => {
      wanted.current = to;
      goTo(to, store.read().saved?.requestId ?? null, false);
    },
    [goTo, store],
  );
  const known = useRef(requestId);
  useEffect(() => {
    if (requestId === known.current || leaving.now.current) return;
    known.current = requestId;
    goTo(wanted.current, requestId, wanted.current === step);
  }, [requestId, goTo, step, leaving.now]);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    document.getElementById("main")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [step]);
  // What was saved is asked for again by the pages that show it.
  useEffect(
    () => () => {
      void store.flush().finally(() => refreshRequests(queries));
    },
    [store, queries],
  );
  const { opened, openers } = useOpenedDocuments(snapshot.draft.documents);
  const work = useMemo(() => ({ store, goTo: go, opened, wishedSealId }), [store, go, opened, wishedSealId]);
  const number = request?.number;
  return (
    <ApplyContext value={work}>
      {openers}
      <div className="wizard" data-step={step}>
        <PageHeader
          trail={[
            { to: paths.requests, name: t("trail.list") },
            ...(requestId === null
              ? [{ to: paths.apply, name: t("trail.new") }]
              : [{ to: paths.request(requestId), name: number ?? t("trail.draft") }]),
          ]}
          title={t(`titles.${step}`)}
          actions={
            <div className="wizard-steps">
              <StepBar
                label={t("steps.label")}
                steps={listStepStates(snapshot.draft, step).map(({ step: key, state }) => ({
                  key,
                  title: t(`steps.${key}`),
                  state,
                }))}
              />
            </div>
          }
        />
        <span className="unseen" aria-live="polite">
          {t("steps.now", {
            step: WIZARD_STEPS.indexOf(step) + 1,
            total: WIZARD_STEPS.length,
            title: t(`steps.${step}`),
          })}
        </span>
        {request && <ReturnedWords request={request} />}
        {request && <MakeUpWords request={request} />}
        <SaveTroubleMessage />
        {step === "documents" && <DocumentsStep canDiscard={!number && requestId !== null} />}
        {step === "place" && <PlaceStep />}
        {step === "review" && <ReviewStep submittedBefore={Boolean(number)} />}
      </div>
      <LeaveDialog leaving={leaving} />
    </ApplyContext>
  );
}

export type Leaving = ReturnType<typeof useLeaving>;

/** Leaving saves first; only what could not be saved is asked about. */
function useLeaving(store: ApplyStore) {
  const now = useRef(false);
  const shouldBlockFn = useCallback(
    async ({ current, next }: { current: Place; next: Place }): Promise<boolean> => {
      if (staysInside(current, next)) return false;
      now.current = true;
      const { unsaved } = store.read();
      const saved = !unsaved || (await store.flush());
      const lost = !saved || store.read().unsaved;
      if (lost) now.current = false;
      return lost;
    },
    [store],
  );
  const enableBeforeUnload = useCallback(() => store.read().unsaved, [store]);
  return { now, blocker: useBlocker({ shouldBlockFn, enableBeforeUnload, withResolver: true }) };
}

interface Place {
  readonly pathname: string;
  readonly search: unknown;
}

/** From step to step of the same draft; a draft that has just been begun is the same one. */
function staysInside(current: Place, next: Place): boolean {
  const draftOf = (place: Place): unknown => (place.search as { draft?: unknown }).draft;
  if (current.pathname !== next.pathname) return false;
  return draftOf(current) === undefined || draftOf(current) === draftOf(next);
}
