import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useRef, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { peopleQuery } from "../custody/queries.ts";
import { refreshRequests } from "./queries.ts";

/** A comment to add; whoever is mentioned in it is shown the request from then on. */
export function CommentForm(props: {
  requestId: string;
  /** A draft is shown to nobody else. */
  mayMention: boolean;
  confidential: boolean;
}): ReactElement {
  const t = useText("requests");
  const secret = useText("confidential");
  const queries = useQueryClient();
  const language = useLanguage();
  const [text, setText] = useState("");
  const [mentions, setMentions] = useState<string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const people = useQuery(peopleQuery);
  const add = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/comments", {
        params: { requestId: props.requestId },
        body: { text: text.trim(), mentions },
      }),
    onSuccess: async () => {
      // The button can not be pressed without words, and what can not be pressed loses the focus.
      form.current?.querySelector("textarea")?.focus();
      setText("");
      setMentions([]);
      await refreshRequests(queries);
    },
  });
  return (
    <form
      ref={form}
      className="stack stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) add.mutate();
      }}
    >
      <ReasonField
        label={t("comment.label")}
        hint={t("comment.hint")}
        rows={2}
        most={2000}
        value={text}
        onChange={setText}
      />
      {props.mayMention && (
        <Field label={t("comment.mention")} hint={props.confidential ? secret("mention") : t("comment.mentionHint")}>
          {(control) => (
            <ListSelect
              {...control}
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              value={mentions}
              onChange={setMentions}
              options={(people.data?.items ?? []).map((one) => ({
                value: one.personId,
                label: nameIn(one.name, language),
              }))}
            />
          )}
        </Field>
      )}
      <ErrorPanel error={add.error} />
      <div>
        <Button htmlType="submit" disabled={text.trim() === ""} loading={add.isPending}>
          {t("comment.add")}
        </Button>
      </div>
    </form>
  );
}
