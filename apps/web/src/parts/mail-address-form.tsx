import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import type { RouteAnswer } from "../api.ts";
import { useText } from "../i18n/i18n.ts";
import { ErrorPanel } from "./error-panel.tsx";
import { Field } from "./field.tsx";
import { Message } from "./message.tsx";
import { RadioChoice } from "./radio-choice.tsx";
import { LinesSkeleton } from "./skeletons.tsx";
import { TextInput } from "./text-input.tsx";

type Shown = RouteAnswer<"GET /v1/session/mail-address">;
type Wanted = Pick<Shown, "mailAddress" | "mailLanguage">;
const LANGUAGES = ["both", "en", "zh"] as const;

/** Where somebody is written to when an alarm concerns him: one's own, or another's by whoever keeps the accounts. */
export function MailAddressForm(props: {
  /** What the address is kept under in the page's memory. */
  of: string;
  read: () => Promise<Shown>;
  change: (wanted: Wanted) => Promise<unknown>;
}): ReactElement {
  const { data, error, refetch } = useQuery({ queryKey: ["mail-address", props.of], queryFn: props.read });
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={3} />;
  return <Fields {...props} shown={data} />;
}

function Fields(props: { of: string; shown: Shown; change: (wanted: Wanted) => Promise<unknown> }): ReactElement {
  const t = useText("parts");
  const queries = useQueryClient();
  const [address, setAddress] = useState(props.shown.mailAddress ?? "");
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(props.shown.mailLanguage ?? "both");
  const change = useMutation({
    mutationFn: () =>
      props.change({
        mailAddress: address.trim() === "" ? null : address.trim(),
        mailLanguage: language === "both" ? null : language,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["mail-address", props.of] }),
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      {!props.shown.sends && <p className="note">{t("mail.off")}</p>}
      <Field label={t("mail.address")} hint={t("mail.hint")}>
        {(control) => (
          <TextInput
            {...control}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <RadioChoice
        label={t("mail.language")}
        value={language}
        options={LANGUAGES.map((value) => ({ value, label: t(`mail.languages.${value}`) }))}
        onChange={setLanguage}
      />
      {change.isSuccess && <Message tone="success" title={t("mail.changed")} live />}
      <ErrorPanel error={change.error} />
      <div>
        <Button htmlType="submit" loading={change.isPending}>
          {t("mail.change")}
        </Button>
      </div>
    </form>
  );
}
