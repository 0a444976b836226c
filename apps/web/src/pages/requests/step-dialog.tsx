import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { paths } from "../../paths.ts";
import { refreshRequests, stepPeopleQuery } from "./queries.ts";

export type Asking = "add" | "pass";

/** Who is asked besides the reader, or in his place, and why. */
export function StepDialog(props: {
  asking: Asking;
  requestId: string;
  stepId: string;
  onClose: () => void;
}): ReactElement {
  const { asking, requestId, stepId } = props;
  const t = useText("requests");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [personId, setPersonId] = useState<string | null>(null);
  const [place, setPlace] = useState<"before" | "after">("before");
  const [reason, setReason] = useState("");
  const give = useMutation({
    mutationFn: async () => {
      const params = { requestId, stepId };
      const body = { personId: personId ?? "", reason: reason.trim() };
      if (asking === "pass")
        await api("POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer", { params, body });
      else
        await api("POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers", {
          params,
          body: { ...body, place },
        });
    },
    onSuccess: async () => {
      // Passed on, it does not wait for the reader any more; behind a reviewer he reads for whom he waits.
      if (asking === "pass") await navigate({ to: paths.inbox });
      else props.onClose();
      await refreshRequests(queries);
    },
  });
  // Once it was given the step may not be the reader's any more: it is not asked for again.
  const { data, error } = useQuery({ ...stepPeopleQuery(requestId, stepId), enabled: give.isIdle || give.isError });
  const people = (asking === "add" ? data?.reviewers : data?.receivers) ?? [];
  const ready = personId !== null && reason.trim() !== "";
  return (
    <Dialog title={t(`others.${asking}`)} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) give.mutate();
        }}
      >
        <p>{t(`others.${asking}Why`)}</p>
        <ErrorPanel error={error} />
        {data && people.length === 0 && <p className="note">{t(`others.${asking}Nobody`)}</p>}
        <Field label={t("others.person")}>
          {(control) => (
            <ListSelect
              {...control}
              showSearch={{ optionFilterProp: "label" }}
              value={personId}
              onChange={setPersonId}
              options={people.map((one) => ({ value: one.personId, label: nameIn(one.name, language) }))}
            />
          )}
        </Field>
        {asking === "add" && (
          <RadioChoice
            label={t("others.place")}
            unseenLabel
            value={place}
            onChange={setPlace}
            options={[
              { value: "before", label: t("others.before") },
              { value: "after", label: t("others.after"), disabled: data?.after === false },
            ]}
          />
        )}
        {asking === "add" && data && (
          <p className="note">{t("others.needed", { before: data.needed, after: data.needed + 1 })}</p>
        )}
        <ReasonField label={t("others.reason")} hint={t("others.reasonHint")} value={reason} onChange={setReason} />
        <ErrorPanel error={give.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("others.back")}</Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={give.isPending}>
            {t(`others.${asking}Now`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
