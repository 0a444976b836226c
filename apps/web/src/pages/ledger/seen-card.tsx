import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { prover } from "../../proof/browser-prover.ts";
import type { Growth } from "../../proof/check-growth.ts";
import { KeyTrust } from "../../proof/key-trust.tsx";
import type { NewestCheckpoint } from "../../proof/prover.ts";

/** How the newest checkpoint continues what this browser has seen before, and where its key comes from. */
export function SeenCard(props: { newest: NewestCheckpoint | undefined }): ReactElement {
  const { newest } = props;
  const t = useText("ledger");
  const moment = useMoment();
  const known = prover.recall();
  return (
    <section className="card" aria-labelledby="seen-title">
      <header>
        <h2 id="seen-title">{t("seen.title")}</h2>
      </header>
      <div className="card-body stack">
        {newest === undefined && <LinesSkeleton lines={4} />}
        {newest && newest.state !== "verified" && (
          <p className="note">
            {known ? t("seen.was", { size: known.size, at: moment(known.seenAt) }) : t("seen.nothing")}
          </p>
        )}
        {newest?.state === "verified" && (
          <>
            <Message tone={newest.growth.state === "first" ? "action" : "success"} title={sentence(t, newest)} live>
              {newest.growth.state !== "first" && t("seen.since", { at: moment(newest.known.keySince) })}
            </Message>
            <section className="stack stack-tight">
              <h3>{t("trust.title")}</h3>
              <KeyTrust known={newest.known} />
            </section>
          </>
        )}
      </div>
    </section>
  );
}

function sentence(
  t: ReturnType<typeof useText<"ledger">>,
  newest: { readonly growth: Growth; readonly checkpoint: { readonly size: number } },
): string {
  const { growth, checkpoint } = newest;
  switch (growth.state) {
    case "first":
      return t("seen.first");
    case "same":
      return t("seen.same", { size: checkpoint.size });
    case "grown":
    case "behind":
      return t(`seen.${growth.state}`, { from: growth.from, to: growth.to });
    case "fails":
      return t("alarm.title");
  }
}
