import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";

/** The password somebody signs in with. */
export function PasswordField(props: { value: string; onChange: (password: string) => void }): ReactElement {
  const t = useText("identity");
  return (
    <Field label={t("signIn.password")}>
      {(control) => (
        <TextInput
          {...control}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
