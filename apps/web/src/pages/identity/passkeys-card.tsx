import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { sessionQuery, useSession } from "../../session.ts";

type Passkey = RouteAnswer<"GET /v1/passkeys">["items"][number];

/** One's own passkeys: which there are, one more, one less. */
export function PasskeysCard(): ReactElement {
  const t = useText("identity");
  const queries = useQueryClient();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: ["passkeys"], queryFn: () => api("GET /v1/passkeys") });
  const refresh = async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["passkeys"] }),
      queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    ]);
  };
  const remove = useMutation({
    mutationFn: (passkeyId: string) => api("DELETE /v1/passkeys/:passkeyId", { params: { passkeyId } }),
    onSuccess: refresh,
  });
  return (
    <section className="card" aria-label={t("passkeys.title")}>
      <header>
        <h2>{t("passkeys.title")}</h2>
        {!session.sample && <Button onClick={() => setAdding(true)}>{t("passkeys.add")}</Button>}
      </header>
      <div className="card-body stack">
        {session.sample && <Message tone="warning" title={t("passkeys.sample")} />}
        <ErrorPanel error={error ?? remove.error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={2} />}
        {data?.items.length === 0 && !session.sample && (
          <EmptyState title={t("passkeys.none")}>{t("passkeys.noneWhy")}</EmptyState>
        )}
        {data && data.items.length > 0 && (
          <ul className="rows">
            {data.items.map((passkey) => (
              <PasskeyRow
                key={passkey.passkeyId}
                passkey={passkey}
                busy={remove.isPending}
                onRemove={() => remove.mutate(passkey.passkeyId)}
              />
            ))}
          </ul>
        )}
      </div>
      {adding && (
        <AddPasskey
          onClose={() => setAdding(false)}
          onAdded={async () => {
            setAdding(false);
            await refresh();
          }}
        />
      )}
    </section>
  );
}

function PasskeyRow(props: { passkey: Passkey; busy: boolean; onRemove: () => void }): ReactElement {
  const { passkey } = props;
  const t = useText("identity");
  const day = useDay();
  const recent = useRecent();
  const [asking, setAsking] = useState(false);
  return (
    <li className="rows-line">
      <div className="grow">
        <strong>{passkey.label}</strong>
        <p className="note small">
          {t("passkeys.since", { day: day(passkey.createdAt) })}
          {" · "}
          {passkey.lastUsedAt ? t("passkeys.used", { at: recent(passkey.lastUsedAt) }) : t("passkeys.unused")}
        </p>
      </div>
      {asking ? (
        <span className="row">
          <span>{t("passkeys.removeAsk")}</span>
          <Button danger loading={props.busy} onClick={props.onRemove}>
            {t("passkeys.removeNow")}
          </Button>
          <Button onClick={() => setAsking(false)}>{t("passkeys.keep")}</Button>
        </span>
      ) : (
        <Button aria-label={t("passkeys.removeOne", { label: passkey.label })} onClick={() => setAsking(true)}>
          {t("passkeys.remove")}
        </Button>
      )}
    </li>
  );
}

function AddPasskey(props: { onClose: () => void; onAdded: () => Promise<void> }): ReactElement {
  const t = useText("identity");
  const session = useSession();
  const [label, setLabel] = useState("");
  const [password, setPassword] = useState("");
  const add = useMutation({
    mutationFn: async () => {
      const { challengeId, options } = await api("POST /v1/passkeys/options", {
        body: session.hasPassword ? { password } : {},
      });
      const { makePasskey } = await import("../../passkey.ts");
      const response = await makePasskey(options);
      return response && api("POST /v1/passkeys", { body: { challengeId, label: label.trim(), response } });
    },
    onSuccess: (added) => (added ? props.onAdded() : undefined),
  });
  return (
    <Dialog title={t("passkeys.add")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Field label={t("passkeys.label")} hint={t("passkeys.labelHint")}>
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={80}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Field>
        {session.hasPassword && (
          <Field label={t("signIn.password")} hint={t("passkeys.passwordWhy")}>
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
        )}
        <div aria-live="polite">{add.data === null && <Message tone="warning" title={t("passkeys.ended")} />}</div>
        <ErrorPanel error={add.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={add.isPending}>
          {t("passkeys.make")}
        </Button>
      </form>
    </Dialog>
  );
}
