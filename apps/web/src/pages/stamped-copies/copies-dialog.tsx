import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { EvidenceField } from "../matters/evidence-field.tsx";
import { refreshRequests } from "../requests/queries.ts";
import type { CopiesBody, CopyAct, StampedCopy } from "./queries.ts";

const WAYS = ["in-person", "courier"] as const;

/** Says of some copies where they went; all that may be are chosen at first. */
export function CopiesDialog(props: {
  requestId: string;
  act: CopyAct;
  copies: readonly StampedCopy[];
  onClose: () => void;
}): ReactElement {
  const { act } = props;
  const t = useText("copies");
  const possible = props.copies.filter(({ acts }) => acts.includes(act)).map(({ copy }) => copy);
  const [chosen, setChosen] = useState<readonly number[]>(() => (act === "lose" ? [] : possible));
  const [receiver, setReceiver] = useState("");
  const [way, setWay] = useState<(typeof WAYS)[number]>("in-person");
  const [courier, setCourier] = useState("");
  const [reason, setReason] = useState("");
  const [photo, setPhoto] = useState<{ readonly evidenceId: string; readonly name: string } | null>(null);
  const send = useSaying(props.requestId, props.onClose);
  const hasReceiver = act === "hand-out" || act === "file";
  const byCourier = act === "hand-out" && way === "courier";
  const gaps = useGaps({
    which: chosen.length === 0 && t("whichMissing"),
    receiver: hasReceiver && receiver.trim() === "" && "missing",
    courier: byCourier && courier.trim() === "" && "missing",
    reason: !hasReceiver && reason.trim() === "" && "missing",
    photo: act === "void" && photo === null && t("photoMissing"),
  });
  return (
    <DialogForm
      title={t(`give.${act}`)}
      send={t(`give.${act}`)}
      gaps={gaps}
      sending={send}
      onSend={() =>
        send.mutate({
          ...{ act, copies: [...chosen], receiver: hasReceiver ? receiver : "", reason: hasReceiver ? "" : reason },
          ...{ way: act === "hand-out" ? way : null, courier: byCourier ? courier : "" },
          evidenceId: act === "void" ? (photo?.evidenceId ?? null) : null,
        })
      }
      onClose={props.onClose}
    >
      <p>{t(`what.${act}`)}</p>
      <ChooseCopies possible={possible} chosen={chosen} problem={gaps.problem("which")} onChange={setChosen} />
      {hasReceiver && (
        <Field
          label={t(act === "file" ? "place" : "receiver")}
          hint={t(act === "file" ? "placeHint" : "receiverHint")}
          problem={gaps.problem("receiver")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              value={receiver}
              onChange={(event) => setReceiver(event.target.value)}
            />
          )}
        </Field>
      )}
      {act === "hand-out" && (
        <RadioChoice
          label={t("way")}
          value={way}
          options={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
          onChange={setWay}
        />
      )}
      {byCourier && (
        <Field label={t("number")} problem={gaps.problem("courier")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              value={courier}
              onChange={(event) => setCourier(event.target.value)}
            />
          )}
        </Field>
      )}
      {!hasReceiver && (
        <ReasonField
          label={t("reason")}
          problem={gaps.problem("reason")}
          rows={2}
          value={reason}
          onChange={setReason}
        />
      )}
      {act === "void" && (
        <EvidenceField
          label={t("photo")}
          problem={gaps.problem("photo")}
          accepts="picture"
          file={photo}
          onTaken={setPhoto}
        />
      )}
    </DialogForm>
  );
}

function useSaying(requestId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CopiesBody) =>
      api("POST /v1/seal-use-requests/:requestId/stamped-copies", { params: { requestId }, body }),
    onSuccess: onDone,
    onSettled: () => refreshRequests(queries),
  });
}

function ChooseCopies(props: {
  possible: readonly number[];
  chosen: readonly number[];
  problem: string | undefined;
  onChange: (chosen: readonly number[]) => void;
}): ReactElement {
  const { possible, chosen, problem } = props;
  const t = useText("copies");
  return (
    <fieldset className="field">
      <legend className="field-label">{t("which")}</legend>
      <div className="copy-choices">
        {possible.map((copy) => (
          <label key={copy} className="copy-choice">
            <input
              type="checkbox"
              checked={chosen.includes(copy)}
              {...(problem ? { "aria-invalid": true as const } : {})}
              onChange={(event) =>
                props.onChange(event.target.checked ? [...chosen, copy] : chosen.filter((one) => one !== copy))
              }
            />
            <span>{copy}</span>
          </label>
        ))}
      </div>
      {possible.length > 3 && (
        <div className="row">
          <Button size="small" onClick={() => props.onChange(possible)}>
            {t("all")}
          </Button>
          <Button size="small" onClick={() => props.onChange([])}>
            {t("none")}
          </Button>
        </div>
      )}
      {problem && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </fieldset>
  );
}
