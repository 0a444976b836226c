import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";

/** The link that lets a person choose a password; shown once, to be handed over by a way one trusts. */
export function InvitationLink(props: { link: string; of?: string }): ReactElement {
  const t = useText("organisation");
  const parts = useText("parts");
  const [copied, setCopied] = useState(false);
  const link = new URL(props.link, window.location.origin).href;
  return (
    <div className="stack">
      <Field
        label={props.of === undefined ? t("link.label") : t("link.labelOf", { name: props.of })}
        hint={t("link.hint")}
      >
        {(control) => (
          <TextInput
            {...control}
            className="mono"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <div className="row">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(link).then(() => setCopied(true));
          }}
        >
          {parts("copy")}
        </Button>
        <span role="status">{copied && parts("copied")}</span>
      </div>
    </div>
  );
}
