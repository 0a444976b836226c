import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { presenceActOf } from "../requests/decision.ts";
import { LargePhoto, PhotoCard } from "./photo-card.tsx";
import { type Impression, refreshStamping, type StampingView } from "./queries.ts";

/** Every photo with a place to say that it is not right, and one answer for all of them. */
export function LookForm(props: { view: StampingView; shown: readonly Impression[] }): ReactElement {
  const { view, shown } = props;
  const t = useText("stamping");
  const queries = useQueryClient();
  const presence = usePresence();
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState("");
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const named = Object.entries(wrong);
  // Of a long stamping only some are opened, one by one: those that differ, and those that were drawn.
  const toOpen = new Set(view.photosToOpen);
  const [asked, rest] = [
    shown.filter(({ impressionId }) => toOpen.size === 0 || toOpen.has(impressionId)),
    shown.filter(({ impressionId }) => toOpen.size > 0 && !toOpen.has(impressionId)),
  ];
  const [large, setLarge] = useState<string | null>(null);
  const open = (impressionId: string): void => {
    setLarge(impressionId);
    setOpened((before) => new Set([...before, impressionId]));
  };
  const next = view.photosToOpen.find((id) => !opened.has(id));
  const enlarged = shown.find(({ impressionId }) => impressionId === large);
  const unopened = view.photosToOpen.filter((id) => !opened.has(id)).length;
  const look = useMutation({
    mutationFn: async () => {
      const digest = view.photosDigest;
      if (digest === null) return false;
      const photos = t("photos.count", { count: shown.length });
      const given = view.supervised
        ? await presence.ask(
            presenceActOf("confirm", view.requestId),
            t("photos.sentence", { photos, title: view.title }),
          )
        : undefined;
      if (given === null) return false;
      const found = named.map(([impressionId, reason]) => ({ impressionId, reason: reason.trim() }));
      const said = disagreeing.map(({ impressionId }) => ({
        ...{ impressionId, reason: (answers[impressionId] ?? "").trim() },
      }));
      await api("POST /v1/seal-use-requests/:requestId/stamping/photos", {
        params: { requestId: view.requestId },
        body: {
          digest,
          wrong: found,
          answers: said,
          ...{ note: note.trim(), opened: [...opened] },
          ...(given ? { presence: given.presence } : {}),
        },
      });
      return true;
    },
    onSettled: () => refreshStamping(queries),
  });
  // What the comparison found stands until somebody has said of each that it is wrong, or why it is right.
  const disagreeing = shown.filter(
    ({ impressionId, photo }) =>
      (photo?.comparison?.demands ?? "nothing") !== "nothing" && wrong[impressionId] === undefined,
  );
  const gaps = useGaps<string>({
    opened: unopened > 0 && t("photos.unopened", { count: unopened }),
    ...Object.fromEntries(named.map(([id, reason]) => [id, reason.trim() === "" && t("photos.wrongMissing")])),
    ...Object.fromEntries(
      disagreeing.map(({ impressionId }) => [
        impressionId,
        (answers[impressionId] ?? "").trim() === "" && t("comparison.answerMissing"),
      ]),
    ),
  });
  const mark = (impressionId: string, reason: string | null): void =>
    setWrong(({ [impressionId]: _, ...others }) => (reason === null ? others : { ...others, [impressionId]: reason }));
  const cards = (impressions: readonly Impression[]): ReactElement => (
    <ul className="photo-grid">
      {impressions.map((impression) => {
        const reason = wrong[impression.impressionId];
        return (
          <li key={impression.impressionId}>
            <PhotoCard view={view} impression={impression} onOpen={() => open(impression.impressionId)}>
              {toOpen.has(impression.impressionId) && (
                <div>
                  {opened.has(impression.impressionId) ? (
                    <Tag tone="success" sign="check">
                      {t("photos.opened")}
                    </Tag>
                  ) : (
                    <Tag tone="action" sign="dashed">
                      {t("photos.toOpen")}
                    </Tag>
                  )}
                </div>
              )}
              <TickField
                checked={reason !== undefined}
                onChange={(on) => mark(impression.impressionId, on ? "" : null)}
              >
                {t("photos.wrong")}
              </TickField>
              {disagreeing.includes(impression) && (
                <ReasonField
                  label={t("comparison.answer")}
                  problem={gaps.problem(impression.impressionId)}
                  rows={2}
                  value={answers[impression.impressionId] ?? ""}
                  onChange={(answer) => setAnswers({ ...answers, [impression.impressionId]: answer })}
                />
              )}
              {reason !== undefined && (
                <ReasonField
                  label={t("photos.wrongReason")}
                  problem={gaps.problem(impression.impressionId)}
                  rows={2}
                  value={reason}
                  onChange={(why) => mark(impression.impressionId, why)}
                />
              )}
            </PhotoCard>
          </li>
        );
      })}
    </ul>
  );
  return (
    <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => look.mutate())}>
      {toOpen.size > 0 && (
        <Message tone="action" title={t("photos.drawn", { count: toOpen.size, of: shown.length })}>
          {t("photos.drawnWhy")}
        </Message>
      )}
      {cards(asked)}
      {rest.length > 0 && (
        <details className="photo-rest">
          <summary>{t("photos.rest", { count: rest.length })}</summary>
          {cards(rest)}
        </details>
      )}
      <section className="card card-body stack">
        <ReasonField label={t("photos.note")} hint={t("photos.noteHint")} rows={2} value={note} onChange={setNote} />
        {named.length > 0 && <p className="note">{t(view.supervised ? "photos.freezes" : "photos.opensFinding")}</p>}
        <ErrorPanel error={look.error} />
        {gaps.problem("opened") && (
          <p className="field-problem" role="alert">
            {gaps.problem("opened")}
          </p>
        )}
        <div className="row row-end">
          <Button type="primary" htmlType="submit" danger={named.length > 0} loading={look.isPending}>
            {named.length > 0 ? t("photos.confirmWrong", { count: named.length }) : t("photos.confirm")}
          </Button>
        </div>
      </section>
      {enlarged && (
        <LargePhoto
          view={view}
          impression={enlarged}
          onNext={next === undefined ? undefined : () => open(next)}
          onClose={() => setLarge(null)}
        />
      )}
      {presence.dialog}
    </form>
  );
}
