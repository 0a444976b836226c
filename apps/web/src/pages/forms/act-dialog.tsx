import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { Choice, PersonChoice } from "../custody/custody-choices.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { todayIn } from "../organisation/organisation.ts";
import { exampleOf, writeExample } from "./form-states.ts";
import { type FormAct, refreshForms, type Series, usedWithQuery } from "./queries.ts";
import "../matters/matters.css";

export type DialogAct = Exclude<FormAct, "change" | "destroy" | "report">;

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
      const body = { numbers, requestId, reason: requestId === null ? words : "", evidenceId };
      return api("POST /v1/form-series/:seriesId/use", { params, body });
    }
    case "count":
      return api("POST /v1/form-series/:seriesId/stock-takes", { params, body: { numbers } });
  }
}

type Gap = "numbers" | "count" | "from" | "receivedOn" | "toId" | "words" | "file";

/** What the act cannot do without, and does not have yet. */
function findGaps(act: DialogAct, filled: Filled): Record<Gap, "missing" | "choose" | false> {
  const missing = (acts: readonly DialogAct[], isEmpty: boolean) => acts.includes(act) && isEmpty && "missing";
  const isTold = act === "use" && filled.requestId !== "";
  return {
    numbers: act !== "count" && filled.numbers.trim() === "" && "missing",
    count: missing(["receive"], filled.count === null),
    from: missing(["receive"], filled.from.trim() === ""),
    receivedOn: missing(["receive"], filled.receivedOn === ""),
    toId: act === "issue" && filled.toId === "" && "choose",
    words: missing(["issue", "void", "use"], filled.words.trim() === "" && !isTold),
    file: missing(["void"], filled.evidenceId === null),
  };
}

/** One act on numbers of a series: what it asks for, and nothing else. */
export function ActDialog(props: { act: DialogAct; series: Series; onClose: () => void }): ReactElement {
  const { act, series } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const { now, timeZone } = useFormatContext();
  const [filled, setFilled] = useState<Filled>({
    ...{
      numbers: "",
      count: null,
      from: "",
      receivedOn: todayIn(now, timeZone),
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
  const gaps = useGaps<Gap>(findGaps(act, filled));
  const fields = { filled, change, problem: gaps.problem };
  return (
    <DialogForm
      title={t(`acts.${act}`)}
      send={t(`dialog.send.${act}`)}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <NumbersField {...{ act, series }} {...fields} />
      <ActFields {...{ act }} {...fields} />
    </DialogForm>
  );
}

interface FieldsProps {
  readonly act: DialogAct;
  readonly filled: Filled;
  readonly change: (part: Partial<Filled>) => void;
  readonly problem: (gap: Gap) => string | undefined;
}

function NumbersField(props: FieldsProps & { series: Series }): ReactElement {
  const { act, series, filled, change, problem } = props;
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
      problem={problem("numbers")}
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

function ReceiveFields({ filled, change, problem }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <div className="field-pair">
        <Field label={t("dialog.count")} hint={t("dialog.countHint")} problem={problem("count")}>
          {(control) => (
            <NumberInput control={control} min={1} value={filled.count} onChange={(count) => change({ count })} />
          )}
        </Field>
        <Field label={t("dialog.receivedOn")} problem={problem("receivedOn")}>
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
      <Field label={t("dialog.from")} problem={problem("from")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={300}
            value={filled.from}
            onChange={(event) => change({ from: event.target.value })}
          />
        )}
      </Field>
      <FileField accepts="any" label={t("dialog.note")} {...{ filled, change, problem }} />
    </>
  );
}

function IssueFields({ filled, change, problem }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <PersonChoice
        label={t("dialog.to")}
        problem={problem("toId")}
        value={filled.toId}
        onChange={(toId) => change({ toId })}
      />
      <WordsField label={t("dialog.purpose")} {...{ filled, change, problem }} />
    </>
  );
}

function VoidFields({ filled, change, problem }: FieldsProps): ReactElement {
  const t = useText("forms");
  return (
    <>
      <WordsField label={t("dialog.reason")} {...{ filled, change, problem }} />
      <FileField
        accepts="picture"
        label={t("dialog.photo")}
        hint={t("dialog.photoHint")}
        {...{ filled, change, problem }}
      />
    </>
  );
}

function UseFields({ filled, change, problem }: FieldsProps): ReactElement {
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
      {filled.requestId === "" && <WordsField label={t("dialog.useReason")} {...{ filled, change, problem }} />}
    </>
  );
}

function WordsField(props: { label: string } & Omit<FieldsProps, "act">): ReactElement {
  return (
    <Field label={props.label} problem={props.problem("words")}>
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
      {props.problem("file") && (
        <p className="field-problem" role="alert">
          {props.problem("file")}
        </p>
      )}
    </div>
  );
}
