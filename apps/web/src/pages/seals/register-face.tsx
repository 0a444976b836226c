import { faceMessages } from "@chancery/seal-image";
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, useId } from "react";
import { api, findProblem } from "../../api.ts";
import { formatMm } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { type Refusal, RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { changeShape, FACE_SHAPES, type FaceField, type FaceForm, isEven, isRound } from "./face-form.ts";
import type { SectionProps } from "./register-form.tsx";
import { findPictureHeight } from "./registration.ts";
import type { useLiveFace } from "./use-live-face.ts";

/** The face: put together here, or a picture of an impression there is already. */
export function FaceSection(
  props: SectionProps & { face: ReturnType<typeof useLiveFace>; refusals: readonly Refusal[] },
): ReactElement {
  const { form, change } = props;
  const t = useText("seals");
  const kind = useId();
  return (
    <section className="card register-face" data-part="face" aria-labelledby="face-title">
      <header>
        <h2 id="face-title">{t("new.face.title")}</h2>
      </header>
      <div className="card-body stack">
        {props.refusals.length > 0 && (
          <div data-refusal tabIndex={-1}>
            <RefusalList refusals={props.refusals} live />
          </div>
        )}
        <fieldset className="choices choices-row">
          <legend className="unseen">{t("new.face.title")}</legend>
          {(["generated", "image"] as const).map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name={kind}
                checked={form.faceKind === one}
                onChange={() => change({ faceKind: one })}
              />
              <span>
                <strong>{t(`new.face.kinds.${one}.name`)}</strong>
                <br />
                <span className="note small">{t(`new.face.kinds.${one}.why`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {form.faceKind === "generated" ? (
          <GeneratorFields
            form={form.face}
            fields={props.face.live.state === "refused" ? props.face.live.fields : []}
            code={props.face.live.state === "refused" ? props.face.live.code : null}
            onChange={(face) => change({ face })}
          />
        ) : (
          <PictureFields {...props} />
        )}
      </div>
    </section>
  );
}

function GeneratorFields(props: {
  form: FaceForm;
  fields: readonly FaceField[];
  code: keyof typeof faceMessages | null;
  onChange: (form: FaceForm) => void;
}): ReactElement {
  const { form, fields, onChange } = props;
  const t = useText("seals");
  const language = useLanguage();
  const shape = useId();
  const centre = useId();
  const round = isRound(form.shape);
  const even = isEven(form.shape);
  // The sentence stands once, at the first field it is about; the others are marked.
  const problemOf = (field: FaceField): string | undefined =>
    props.code && fields.includes(field)
      ? fields[0] === field
        ? faceMessages[props.code][language]
        : t("new.face.alsoHere")
      : undefined;
  const set = (part: Partial<FaceForm>): void => onChange({ ...form, ...part });
  const text = (field: "arcText" | "centreText" | "lowerText", label: string, hint?: string): ReactElement => (
    <Field label={label} problem={problemOf(field)} {...(hint ? { hint } : {})}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={60}
          autoComplete="off"
          value={form[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <fieldset className="pills">
        <legend className="field-label">{t("new.face.shape")}</legend>
        {FACE_SHAPES.map((one) => (
          <label key={one} className="pill">
            <input
              type="radio"
              name={shape}
              checked={form.shape === one}
              onChange={() => onChange(changeShape(form, one))}
            />
            <span className="shape-sign" data-shape={one} aria-hidden />
            {t(`new.face.shapes.${one}`)}
          </label>
        ))}
      </fieldset>
      <div className="field-pair">
        <Field label={t(even ? "new.face.size" : "new.face.width")} problem={problemOf("size")}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={6}
              value={form.widthMm}
              onChange={(event) => set({ widthMm: event.target.value })}
            />
          )}
        </Field>
        {!even && (
          <Field label={t("new.face.height")}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                maxLength={6}
                value={form.heightMm}
                onChange={(event) => set({ heightMm: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {text("arcText", t(round ? "new.face.arcText" : "new.face.upperLine"))}
      {round && (
        <fieldset className="pills">
          <legend className="field-label">{t("new.face.centre")}</legend>
          {(["star", "none", "text"] as const).map((one) => (
            <label key={one} className="pill">
              <input type="radio" name={centre} checked={form.centre === one} onChange={() => set({ centre: one })} />
              {t(`new.face.centres.${one}`)}
            </label>
          ))}
        </fieldset>
      )}
      {(!round || form.centre === "text") &&
        text(
          "centreText",
          t(round ? "new.face.centreText" : "new.face.mainText"),
          round ? undefined : t("new.face.mainHint"),
        )}
      {text("lowerText", t(round ? "new.face.lowerText" : "new.face.lowerLine"))}
      {round && (
        <Field label={t("new.face.code")} hint={t("new.face.codeHint")} problem={problemOf("code")}>
          {(control) => (
            <TextInput
              {...control}
              className="mono"
              inputMode="numeric"
              maxLength={13}
              autoComplete="off"
              value={form.code}
              onChange={(event) => set({ code: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function PictureFields(props: SectionProps): ReactElement {
  const { form, change, problems } = props;
  const t = useText("seals");
  const language = useLanguage();
  const upload = useMutation({
    mutationFn: (file: File) => api("POST /v1/seal-face-images", { file, fileName: file.name }),
    onMutate: () => change({ picture: null }),
    onSuccess: (picture) => change({ picture }),
  });
  const refused = findProblem(upload.error)?.sentence[language];
  const height = form.picture ? findPictureHeight(form.picture, form.pictureWidthMm) : Number.NaN;
  return (
    <>
      <Field
        label={t("new.face.picture")}
        hint={t("new.face.pictureHint")}
        problem={refused ?? (problems.includes("picture") ? t("new.problems.picture") : undefined)}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            className="native-input native-file"
            accept="image/png"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) upload.mutate(file);
            }}
          />
        )}
      </Field>
      {upload.error && !refused && <ErrorPanel error={upload.error} />}
      <div aria-live="polite">
        {upload.isPending && <LinesSkeleton lines={1} />}
        {form.picture && (
          <p className="note small">
            {t("new.face.pictureDone", { width: form.picture.widthPx, height: form.picture.heightPx })}
          </p>
        )}
      </div>
      <div className="field-pair">
        <Field
          label={t("new.face.pictureWidth")}
          hint={
            Number.isNaN(height) ? t("new.face.pictureWidthHint") : t("new.face.pictureHigh", { mm: formatMm(height) })
          }
          problem={problems.includes("pictureSize") ? t("new.problems.pictureSize") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={6}
              value={form.pictureWidthMm}
              onChange={(event) => change({ pictureWidthMm: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
