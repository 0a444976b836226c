import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { Choice, PersonChoice } from "../custody/custody-choices.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { exampleOf, writeExample } from "./form-states.ts";
import { type FormAct, refreshForms, type Series, usedWithQuery } from "./queries.ts";
import "../matters/matters.css";

export type DialogAct = Exclude<FormAct, "change" | "destroy">;

interface Filled {
  numbers: string;
  count: number | null;
  from: string;
  receivedOn: string;
  evidenceId: string | null;
  toId: string;
  words: string;
  requestId: string;
}
const today = (): string => new Date().toISOString().slice(0, 10);

/** Sends an act as its route takes it. */
function sendAct(act: DialogAct, seriesId: string, filled: Filled): Promise<unknown> {
  const params = { seriesId };
  const { numbers, evidenceId, words } = filled;
  switch (act) {
    case "receive": {
      const { count, from, receivedOn } = filled;
      const body = { numbers, count: count ?? 0, from, receivedOn, evidenceId };
      return api("POST /v1/form-series/:seriesId/receive", { params, body });
    }
    case "issue":
      return api("POST /v1/form-series/:seriesId/issue", {
        params,
        body: { numbers, toId: filled.toId, purpose: words },
      });
    case "return":
      return api("POST /v1/form-series/:seriesId/return", { params, body: { numbers } });
    case "void":
      return api("POST /v1/form-series/:seriesId/void", { params, body: { numbers, reason: words, evidenceId } });
    case "use": {
      const requestId = filled.requestId || null;
      const body = { numbers, requestId, reason: requestId === null ? words : "" };
      return api("POST /v1/form-series/:seriesId/use", { params, body });
    }
    case "count":
      return api("POST /v1/form-series/:seriesId/stock-takes", { params, body: { numbers } });
  }
}

function isReady(act: DialogAct, filled: Filled): boolean {
  if (act === "count") return true;
  if (filled.numbers.trim() === "") return false;
  switch (act) {
    case "receive":
      return filled.count !== null && filled.from.trim() !== "" && filled.receivedOn !== "";
    case "issue":
      return filled.toId !== "" && filled.words.trim() !== "";
    case "void":
      return filled.words.trim() !== "" && filled.evidenceId !== null;
    case "use":
      return filled.requestId !== "" || filled.words.trim() !== "";
    case "return":
      return true;
  }
}

/** One act on numbers of a series: what it asks for, and nothing else. */
export function ActDialog(props: { act: DialogAct; series: Series; onClose: () => void }): ReactElement {
  const { act, series } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const [filled, setFilled] = useState<Filled>({
    ...{
      numbers: "",
      count: null,
      from: "",
      receivedOn: today(),
      evidenceId: null,
      toId: "",
      words: "",
      requestId: "",
    },
  });
  const change = (part: Partial<Filled>): void => setFilled((before) => ({ ...before, ...part }));
  const send = useMutation({
    mutationFn: () => sendAct(act, series.seriesId, filled),
    onSuccess: props.onClose,
    onSettled: () => refreshForms(queries),
  });
  return (
    <Dialog title={t(`acts.${act}`)} onClose={props.onClose}>
      <div className="stack">
        <NumbersField {...{ act, series, filled, change }} />
        <ActFields {...{ act, filled, change }} />
        <ErrorPanel error={send.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!isReady(act, filled)}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t(`dialog.send.${act}`)}
        </Button>
      </div>
    </Dialog>
  );
}

interface FieldsProps {
  readonly act: DialogAct;
  readonly filled: Filled;
  readonly change: (part: Partial<Filled>) => void;
}

function NumbersField(props: FieldsProps & { series: Series }): ReactElement {
  const { act, series, filled, change } = props;
  const t = useText("forms");
  const example =
    act === "receive"
      ? `${writeExample(series, 1)}–${writeExample(series, 100)}`
      : exampleOf(series, act === "issue" || act === "count" ? "in-stock" : "issued");
  const hint =
    act === "count"
      ? t("dialog.countNumbersHint", { example })
      : t(act === "receive" ? "dialog.oneRange" : "dialog.numbersHint", { example });
  return (
    <Field
      label={t(act === "count" ? "dialog.countNumbers" : "dialog.numbers")}
      hint={act === "return" ? `${hint} ${t("dialog.returnHint")}` : hint}
    >
      {(control) => (
        <TextInput
          {...control}
          maxLength={act === "count" ? 4000 : 500}
          autoComplete="off"
          value={filled.numbers}
          onChange={(event) => change({ numbers: event.target.value })}
        />
      )}
    </Field>
  );
}

function ActFields(props: FieldsProps): ReactElement | null {
  switch (props.act) {
    case "receive":
      return <ReceiveFields {...props} />;
    case "issue":
      return <IssueFields {...props} />;
    case "void":
      return <VoidFields {...props} />;
    case "use":
      return <UseFields {...props} />;
    case "count":
      return <CountNote />;
    case "return":
      return null;
  }
}

function CountNote(): ReactElement {
  const t = useText("forms");
  return <p className="note">{t("dialog.countWhy")}</p>;
}

function ReceiveFields({ filled, change }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <div className="field-pair">
        <Field label={t("dialog.count")} hint={t("dialog.countHint")}>
          {(control) => (
            <NumberInput control={control} min={1} value={filled.count} onChange={(count) => change({ count })} />
          )}
        </Field>
        <Field label={t("dialog.receivedOn")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={filled.receivedOn}
              onChange={(event) => change({ receivedOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("dialog.from")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={300}
            value={filled.from}
            onChange={(event) => change({ from: event.target.value })}
          />
        )}
      </Field>
      <FileField accepts="any" label={t("dialog.note")} {...{ filled, change }} />
    </>
  );
}

function IssueFields({ filled, change }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <PersonChoice label={t("dialog.to")} value={filled.toId} onChange={(toId) => change({ toId })} />
      <WordsField label={t("dialog.purpose")} {...{ filled, change }} />
    </>
  );
}

function VoidFields({ filled, change }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <WordsField label={t("dialog.reason")} {...{ filled, change }} />
      <FileField accepts="picture" label={t("dialog.photo")} hint={t("dialog.photoHint")} {...{ filled, change }} />
    </>
  );
}

function UseFields({ filled, change }: FieldsProps): ReactElement {
  const t = useText("forms");
  const { data } = useQuery(usedWithQuery);
  return (
    <>
      <Choice
        label={t("dialog.useRequest")}
        value={filled.requestId}
        none={t("dialog.useNone")}
        options={(data?.items ?? []).map((one) => ({
          id: one.requestId,
          name: [one.number, one.title].filter(Boolean).join(" · "),
        }))}
        onChange={(requestId) => change({ requestId })}
      />
      {filled.requestId === "" && <WordsField label={t("dialog.useReason")} {...{ filled, change }} />}
    </>
  );
}

function WordsField(props: { label: string } & Omit<FieldsProps, "act">): ReactElement {
  return (
    <Field label={props.label}>
      {(control) => (
        <TextLines
          {...control}
          rows={2}
          maxLength={300}
          value={props.filled.words}
          onChange={(event) => props.change({ words: event.target.value })}
        />
      )}
    </Field>
  );
}

function FileField(
  props: { label: string; hint?: string; accepts: "picture" | "any" } & Omit<FieldsProps, "act">,
): ReactElement {
  const t = useText("forms");
  return (
    <div className="stack stack-tight">
      <strong>{props.label}</strong>
      {props.hint && <span className="note small">{props.hint}</span>}
      <EvidenceInput
        accepts={props.accepts}
        label={props.label}
        onTaken={(file) => props.change({ evidenceId: file.evidenceId })}
      />
      <p aria-live="polite">{props.filled.evidenceId !== null && t("dialog.taken")}</p>
    </div>
  );
}
