import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { api } from "../../api.ts";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { peopleQuery } from "../organisation/queries.ts";
import { BacktestCard } from "./backtest-card.tsx";
import { CasesCard } from "./cases-card.tsx";
import { ChangesCard } from "./changes-card.tsx";
import { DraftTable, newRowId } from "./draft-table.tsx";
import { fillGap } from "./edit-rules.ts";
import { ExportButton } from "./export-button.tsx";
import { FaultNotes, FaultSummary } from "./faults.tsx";
import { MoneyCard } from "./money-card.tsx";
import { type Fault, type RulesPageData, refreshRules, type TableId, type VersionDetail } from "./queries.ts";
import { countChanges, firedIn, waitsForDecision } from "./shown.ts";
import { useCases } from "./use-cases.ts";
import { type Draft, isOwn, useDraft, useReading } from "./use-draft.ts";
import { useVersionName, VersionTag } from "./version-names.tsx";
import { Weakened } from "./weakened.tsx";

const VIEWS = ["scope", "route", "limits", "money", "changes"] as const;
type View = (typeof VIEWS)[number];

/** A draft to be written: its tables with what is wrong beside them, cases to try, and what it changes. */
export function DraftEditor(props: {
  data: RulesPageData;
  detail: VersionDetail;
  onReload: () => Promise<void>;
}): ReactElement {
  const { data, detail, onReload } = props;
  const { version } = detail;
  const t = useText("rulesOfUse");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const view = VIEWS.find((one) => one === search.view) ?? "scope";
  const draft = useDraft(detail);
  const cases = useCases(version.versionId, detail.rules);
  const { reading, answers, current, error } = useReading(detail, draft, cases.items);
  const people = useQuery(peopleQuery).data?.items ?? detail.people;
  const [openRow, setOpenRow] = useState<string | null>(null);
  const [proposing, setProposing] = useState(false);
  const left = useRef(false);
  const name = useVersionName(data.starterSets)({ ...version, note: draft.note });
  const blocked = !current || reading.faults.some((fault) => fault.blocking);
  const same = countChanges(reading) === 0;
  // Rules change one after the other: what is decided on is always written on the rules in force.
  const other = data.versions.some((one) => one.versionId !== version.versionId && waitsForDecision(one));
  const hint = blocked ? t("propose.blocked") : same ? t("propose.same") : other ? t("propose.other") : undefined;
  const goTo = (table: TableId, rowId: string): void => {
    setOpenRow(rowId);
    void navigate({ to: ".", search: table === "scope" ? {} : { view: table }, replace: true, resetScroll: false });
  };
  useRowInView(openRow, view);
  const fill = (fault: Fault): void => {
    const rowId = newRowId();
    draft.change(fillGap(draft.rules, fault, rowId));
    goTo(fault.table, rowId);
  };
  const isLeft = (): boolean => draft.changed && !left.current;
  return (
    <>
      <PageHeader
        trail={[{ to: paths.rulesOfUse, name: t("title") }]}
        title={name}
        tags={<VersionTag state={version.state} />}
        actions={
          <>
            <ExportButton versionId={version.versionId} name={name} />
            <DiscardButton
              detail={detail}
              onDone={async () => {
                left.current = true;
                await navigate({ to: paths.rulesOfUse, search: { view: "versions" } });
                await refreshRules(queries);
              }}
            />
          </>
        }
      />
      <div className="stack">
        <FaultSummary faults={reading.faults} rules={draft.rules} current={current} onFill={fill} onGoTo={goTo} />
        <Weakened warnings={reading.warnings} />
        <ErrorPanel error={error} />
        <div className="rule-note">
          <Field label={t("editor.note")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={500}
                value={draft.note}
                onChange={(event) => draft.changeNote(event.target.value)}
              />
            )}
          </Field>
        </div>
        <div className="row">
          <LinkSegments
            label={t("views.label")}
            look="track"
            segments={VIEWS.map((one) => ({
              ...{
                key: one,
                to: paths.rulesVersion(version.versionId),
                text: t(`views.${one}`),
                current: one === view,
              },
              search: one === "scope" ? {} : { view: one },
              ...countOf(one, reading, draft),
            }))}
          />
        </div>
        {view === "changes" && (
          <>
            <ChangesCard reading={reading} title={t("changes.against")} />
            {isOwn(version.versionId) && (
              <BacktestCard
                versionId={version.versionId}
                prepare={async () => {
                  if (draft.changed) await draft.save();
                }}
              />
            )}
          </>
        )}
        {view === "money" && <MoneyCard rules={draft.rules} onChange={draft.change} />}
        {(view === "scope" || view === "route" || view === "limits") && (
          <DraftTable
            {...{ data, reading, people, openRow, tried: isOwn(version.versionId), rules: draft.rules, table: view }}
            fired={current ? firedIn(answers?.[cases.chosen], view) : []}
            onOpen={setOpenRow}
            onChange={draft.change}
          />
        )}
        <CasesCard columns={data.columns.scope} cases={cases} answers={answers} />
      </div>
      <SaveBar
        draft={draft}
        hint={hint}
        onReload={onReload}
        onPropose={hint !== undefined || data.mayAskIn.length === 0 ? undefined : () => setProposing(true)}
      />
      {proposing && (
        <ApprovalDialog
          kind="change-rules"
          title={t("propose.title")}
          lead={t("propose.lead")}
          entities={data.mayAskIn}
          prepare={async () => {
            const { digest } = draft.changed ? await draft.save() : detail;
            left.current = true;
            const what = draft.note === "" ? [] : [draft.note];
            const title = await titleInBoth("rulesOfUse", (say, of) =>
              [say("propose.matter"), ...what].join(of === "zh" ? "：" : ": "),
            );
            return { title, data: { versionId: version.versionId, digest } };
          }}
          onChanged={() => refreshRules(queries)}
          onClose={() => setProposing(false)}
        >
          <Weakened warnings={reading.warnings} />
          <FaultNotes faults={reading.faults} />
        </ApprovalDialog>
      )}
      <LeaveDialog isLeft={isLeft} />
    </>
  );
}

function countOf(view: View, reading: VersionDetail | Parameters<typeof countChanges>[0], draft: Draft) {
  if (view === "changes") return { count: countChanges(reading) };
  return view === "money" ? {} : { count: draft.rules[view].rows.length };
}

/** A row that was opened from elsewhere is brought into view. */
function useRowInView(rowId: string | null, view: View): void {
  useEffect(() => {
    if (rowId === null || !VIEWS.includes(view)) return;
    document.getElementById(`row-${rowId}`)?.scrollIntoView({ block: "nearest" });
  }, [rowId, view]);
}

function DiscardButton(props: { detail: VersionDetail; onDone: () => Promise<void> }): ReactElement {
  const { versionId } = props.detail.version;
  const t = useText("rulesOfUse");
  const [asking, setAsking] = useState(false);
  const discard = useMutation({
    mutationFn: async () => {
      if (isOwn(versionId)) await api("DELETE /v1/rules/versions/:versionId", { params: { versionId } });
    },
    onSuccess: props.onDone,
  });
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {t("act.discard")}
      </Button>
      {asking && (
        <Dialog
          title={t("discard.title")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t("discard.keep")}</Button>
              <Button type="primary" danger loading={discard.isPending} onClick={() => discard.mutate()}>
                {t("act.discard")}
              </Button>
            </>
          }
        >
          <p>{t("discard.lead")}</p>
          <ErrorPanel error={discard.error} />
        </Dialog>
      )}
    </>
  );
}

/** The bar at the foot: whether the draft is saved, and putting it to another person. */
function SaveBar(props: {
  draft: Draft;
  hint: string | undefined;
  onReload: () => Promise<void>;
  onPropose: (() => void) | undefined;
}): ReactElement {
  const { draft, hint, onReload, onPropose } = props;
  const { saving } = draft;
  const t = useText("rulesOfUse");
  return (
    <section className="act-bar" aria-label={t("act.save")}>
      {saving.conflict ? (
        <Message
          tone="warning"
          live
          title={t("editor.conflict")}
          action={<Button onClick={() => void onReload()}>{t("editor.load")}</Button>}
        >
          {t("editor.conflictWhy")}
        </Message>
      ) : (
        <ErrorPanel error={saving.error} />
      )}
      <div className="rule-bar">
        <span className="note small grow" role="status">
          {t(draft.changed ? "editor.unsaved" : saving.done ? "editor.savedNow" : "editor.saved")} {hint}
        </span>
        <div className="row">
          <Button disabled={!draft.mayUndo} onClick={draft.undo}>
            {t("act.undo")}
          </Button>
          <Button
            disabled={!draft.changed}
            loading={saving.busy}
            onClick={() => void draft.save().catch(() => undefined)}
          >
            {t("act.save")}
          </Button>
          <Button type="primary" disabled={!onPropose} onClick={onPropose}>
            {t("act.propose")}
          </Button>
        </div>
      </div>
    </section>
  );
}

function LeaveDialog(props: { isLeft: () => boolean }): ReactElement | null {
  const t = useText("rulesOfUse");
  const leaving = useBlocker({
    // Another part of the same draft keeps what was typed.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && props.isLeft(),
    enableBeforeUnload: props.isLeft,
    withResolver: true,
  });
  if (leaving.status !== "blocked") return null;
  return (
    <Dialog
      title={t("leave.title")}
      onClose={leaving.reset}
      actions={
        <>
          <Button onClick={leaving.reset}>{t("leave.stay")}</Button>
          <Button danger onClick={leaving.proceed}>
            {t("leave.go")}
          </Button>
        </>
      }
    >
      <p>{t("leave.lead")}</p>
    </Dialog>
  );
}
