import { faceMessages } from "@chancery/seal-image";
import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { Specimen } from "../../parts/seal-face.tsx";
import { useNarrow } from "../../parts/use-narrow.ts";
import { readMm } from "./face-form.ts";
import { findPictureHeight, type SealForm } from "./registration.ts";
import { RuledFace } from "./ruled-face.tsx";
import type { useLiveFace } from "./use-live-face.ts";

/** The face as it will be, drawn while it is typed. It is pale, for the seal may not be used yet. */
export function FacePreview(props: { form: SealForm; face: ReturnType<typeof useLiveFace> }): ReactElement {
  const { form, face } = props;
  const t = useText("seals");
  const language = useLanguage();
  const refused = form.faceKind === "generated" && face.live.state === "refused" ? face.live : null;
  return (
    <section className="card register-preview" aria-labelledby="preview-title">
      <h2 id="preview-title" className="unseen">
        {t("new.preview.title")}
      </h2>
      {form.faceKind === "image" ? <PicturePreview form={form} /> : <DrawnPreview form={form} face={face} />}
      <div className="register-preview-text" aria-live="polite">
        {refused ? (
          // Where a field is to blame it says so itself, and reads it out; here it is told beside the missing face.
          <div
            className={refused.fields.length > 0 ? "not-narrow" : undefined}
            aria-live={refused.fields.length > 0 ? "off" : undefined}
          >
            <Message tone="problem" title={faceMessages[refused.code][language]}>
              {refused.missing && <p>{t("new.preview.missing", { characters: refused.missing })}</p>}
            </Message>
          </div>
        ) : (
          <p className="note small not-narrow">
            {t(form.faceKind === "image" ? "new.preview.picture" : "new.preview.pale")}
          </p>
        )}
      </div>
      {form.faceKind === "generated" && <ErrorPanel error={face.error} onRetry={face.retry} />}
    </section>
  );
}

function DrawnPreview(props: { form: SealForm; face: ReturnType<typeof useLiveFace> }): ReactElement {
  const { form, face } = props;
  const { live, shown } = face;
  const narrow = useNarrow();
  if (!shown || live.state === "refused")
    return (
      <Specimen className="ruled">
        <span className="empty-face empty-face-large" aria-hidden />
      </Specimen>
    );
  return (
    <RuledFace
      source={{ svg: shown.svg }}
      name={form.name}
      widthMm={shown.spec.widthMm}
      heightMm={shown.spec.heightMm}
      round={shown.spec.shape === "circle"}
      state="pale"
      small={narrow}
    />
  );
}

function PicturePreview(props: { form: SealForm }): ReactElement {
  const { picture, pictureWidthMm, name } = props.form;
  const widthMm = readMm(pictureWidthMm);
  const narrow = useNarrow();
  if (!picture || !(widthMm > 0))
    return (
      <Specimen className="ruled">
        <span className="empty-face empty-face-large" aria-hidden />
      </Specimen>
    );
  return (
    <RuledFace
      source={{ url: `/v1/seal-face-images/${encodeURIComponent(picture.imageId)}` }}
      name={name}
      widthMm={widthMm}
      heightMm={findPictureHeight(picture, pictureWidthMm)}
      round={false}
      state="pale"
      small={narrow}
    />
  );
}
