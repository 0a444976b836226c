import type { ReactElement } from "react";
import { formatFaceSize } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { SealFace, Specimen } from "../../parts/seal-face.tsx";
import type { Verification } from "./check-file.ts";
import { faceOfAnswer, groupDigest, type Judgement, provesFile } from "./judgement.ts";

/** One scale for all faces of the page, so that a 58 mm face fits the column. */
const pxPerMm = 3.1;

/** Whose seal it is: the registered face, its names, number and time; of a foreign seal what it says of itself. */
export function SealPanel(props: { answer: Verification; judgement: Judgement }): ReactElement | null {
  const { answer, judgement } = props;
  const t = useText("verify");
  const { known } = answer;
  if (known === null) return answer.seals.length > 0 ? <ForeignSeal answer={answer} /> : null;
  const proves = provesFile(judgement, answer.answer);
  return (
    <section className="card verify-seal" aria-label={t("seal.title")}>
      <Specimen
        caption={
          proves
            ? t("seal.as", {
                size: known.seals.map((seal) => formatFaceSize(seal.widthMm, seal.heightMm)).join(", "),
              })
            : t(judgement.hasFile ? "seal.not" : "seal.notYours")
        }
      >
        {known.seals.map((seal) => (
          <SealFace
            key={`${seal.name.en} ${seal.type}`}
            source={{ svg: seal.faceSvg }}
            name={seal.name}
            widthMm={seal.widthMm}
            heightMm={seal.heightMm}
            state={faceOfAnswer(judgement, answer.answer, seal.state)}
            pxPerMm={pxPerMm}
          />
        ))}
      </Specimen>
      <Facts answer={answer} known={known} proves={proves} />
    </section>
  );
}

function Facts(props: {
  answer: Verification;
  known: NonNullable<Verification["known"]>;
  proves: boolean;
}): ReactElement {
  const { answer, known } = props;
  const t = useText("verify");
  const moment = useMoment();
  const sealedDigest = known.sealedDigest ?? known.sealedDigestHint;
  return (
    <dl className="facts card-body">
      <dt>{t("seal.seal")}</dt>
      <dd>
        {known.seals.map((seal) => (
          <div key={`${seal.name.en} ${seal.type}`}>
            <BothNames name={seal.name} />
          </div>
        ))}
      </dd>
      <dt>{t("seal.by")}</dt>
      <dd>
        {known.otherSide && (
          <div>
            <BothNames name={known.otherSide.name} />
          </div>
        )}
        <BothNames name={known.entity.name} />
      </dd>
      <dt>{t("seal.number")}</dt>
      <dd>
        {known.otherSide && `${known.otherSide.requestNumber} · `}
        {known.requestNumber}
      </dd>
      <dt>{t("seal.at")}</dt>
      <dd>{moment(known.sealedAt, known.timeZone)}</dd>
      <dt>{t("seal.format")}</dt>
      <dd>{formatOf(t, answer)}</dd>
      <dt>{t("seal.digest")}</dt>
      <dd className="mono">
        {sealedDigest === answer.file.digest ? (
          groupDigest(answer.file.digest)
        ) : (
          <>
            <div>
              {t("seal.sealedDigest")} {groupDigest(sealedDigest)}
            </div>
            <div>
              {t("seal.thisDigest")} {groupDigest(answer.file.digest)}
            </div>
          </>
        )}
      </dd>
    </dl>
  );
}

/** A seal that was not set here: its own claims, on specimen ground without a face. */
function ForeignSeal(props: { answer: Verification }): ReactElement {
  const { answer } = props;
  const t = useText("verify");
  const moment = useMoment();
  const seal = answer.seals.filter((one) => !one.isTimestamp).at(-1) ?? answer.seals[0];
  return (
    <section className="card verify-seal" aria-label={t("seal.claims")}>
      <Specimen caption={t("seal.none")}>
        <span className="empty-face" aria-hidden />
      </Specimen>
      <div className="card-body">
        <h2>{t("seal.claims")}</h2>
        <p className="note">{t("seal.claimsWhy")}</p>
        <dl className="facts verify-claims">
          <dt>{t("seal.name")}</dt>
          <dd>{seal?.signer ?? "–"}</dd>
          {seal?.organisation && seal.organisation !== seal.signer && (
            <>
              <dt>{t("seal.organisation")}</dt>
              <dd>{seal.organisation}</dd>
            </>
          )}
          <dt>{t("seal.time")}</dt>
          <dd>{seal?.signedAt ? moment(seal.signedAt) : "–"}</dd>
          <dt>{t("seal.format")}</dt>
          <dd>{formatOf(t, answer)}</dd>
          <dt>{t("seal.digest")}</dt>
          <dd className="mono">{groupDigest(answer.file.digest)}</dd>
        </dl>
      </div>
    </section>
  );
}

function formatOf(t: ReturnType<typeof useText<"verify">>, { level, seals }: Verification): string {
  if (level === null) return t("seal.formatPdf");
  if (level !== "legacy") return t("seal.formatPades", { level });
  // Of a seal that is broken the level cannot be told; that does not make it an older kind.
  return seals.every((seal) => seal.subFilter?.startsWith("adbe.")) ? t("seal.formatLegacy") : t("seal.formatPdf");
}
