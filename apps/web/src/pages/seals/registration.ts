import type { CallOptions } from "../../api.ts";
import { findProblem } from "../../api.ts";
import type { LocalName } from "../../i18n/language.ts";
import type { Refusal } from "../../parts/refusal-panel.tsx";
import {
  changeShape,
  defaultFaceForm,
  type FaceForm,
  readFaceSpec,
  readMm,
  type SealType,
  toFaceSpec,
} from "./face-form.ts";
import type { SealTypeView } from "./queries.ts";

type MatterBody = CallOptions<"POST /v1/matters">["body"];
type CheckedCrew = CallOptions<"POST /v1/seals/check">["body"];
export const KEY_ALGORITHMS = ["ecdsa-p256", "rsa-2048", "rsa-3072"] as const;

export interface PictureForm {
  readonly imageId: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A seal as it is put together, before it is known to be complete. */
export interface SealForm {
  readonly type: SealType;
  /** The type itself, or an own kind of the organisation based on it. */
  readonly kindId: string;
  readonly entityId: string;
  readonly unitId: string;
  readonly name: LocalName;
  readonly number: string;
  readonly external: boolean;
  readonly faceKind: "generated" | "image";
  readonly face: FaceForm;
  readonly picture: PictureForm | null;
  readonly pictureWidthMm: string;
  readonly physical: boolean;
  readonly pieces: string;
  readonly material: string;
  readonly electronic: boolean;
  readonly keyAlgorithm: (typeof KEY_ALGORITHMS)[number];
  readonly filing: boolean;
  readonly reason: string;
  readonly custodians: readonly [string, string];
  readonly supervisor: string;
  /** Asked for where the supervisor holds roles that only the profile lets meet with this one. */
  readonly supervisorTo: string;
  readonly supervisorRisk: string;
  readonly certificateKeeper: string;
}

type SealKind = Pick<
  SealTypeView,
  "kindId" | "type" | "name" | "important" | "external" | "shape" | "widthMm" | "heightMm"
>;

/** What is known of the organisation while a seal is registered. */
export interface RegistrationFacts {
  readonly types: readonly SealKind[];
  readonly entities: readonly { readonly entityId: string; readonly name: LocalName; readonly code: string }[];
  readonly units: readonly { readonly unitId: string; readonly name: LocalName }[];
  /** Given or asked for already: no new seal can have them. */
  readonly numbers: readonly { readonly entityId: string; readonly number: string }[];
  /** Whether the organisation follows the small profile, where fewer people keep a seal. */
  readonly small: boolean;
}

/** The part of a form that follows from type, entity and unit, until it is typed over. */
type Derived = Pick<SealForm, "name" | "number" | "external" | "face">;

function deriveForm(key: Pick<SealForm, "type" | "kindId" | "entityId" | "unitId">, facts: RegistrationFacts): Derived {
  const type = facts.types.find((one) => one.kindId === key.kindId);
  const entity = facts.entities.find((one) => one.entityId === key.entityId);
  const unit = facts.units.find((one) => one.unitId === key.unitId);
  return {
    name: type?.name ?? { en: "", zh: "" },
    number: entity ? suggestNumber(entity, facts.numbers) : "",
    external: type?.external ?? false,
    face: shapeForKind(defaultFaceForm(key.type, entity?.name.zh ?? "", unit?.name.zh ?? null), type),
  };
}

/** The usual face of the type in the shape and size that the kind says. */
function shapeForKind(face: FaceForm, kind: SealKind | undefined): FaceForm {
  if (!kind) return face;
  const shaped = face.shape === kind.shape ? face : changeShape(face, kind.shape);
  return { ...shaped, widthMm: String(kind.widthMm), heightMm: String(kind.heightMm) };
}

/** A form to begin with: the first type, for the reader's own entity or the first one. */
export function beginForm(facts: RegistrationFacts, homeId?: string): SealForm {
  const entity = facts.entities.find((one) => one.entityId === homeId) ?? facts.entities[0];
  const { type, kindId } = facts.types[0] ?? { type: "official" as const, kindId: "official" };
  const key = { type, kindId, entityId: entity?.entityId ?? "", unitId: "" };
  return {
    ...key,
    ...deriveForm(key, facts),
    faceKind: "generated",
    picture: null,
    pictureWidthMm: "42",
    ...{ physical: false, pieces: "1", material: "", electronic: true, keyAlgorithm: "ecdsa-p256", filing: false },
    reason: "",
    custodians: ["", ""],
    ...{ supervisor: "", supervisorTo: "", supervisorRisk: "" },
    certificateKeeper: "",
  };
}

/**
 * The form for another type, entity or unit. What was left as it was suggested follows; what was typed stays. Shape,
 * size and centre belong to the type and always follow a change of it.
 */
export function changeKey(
  form: SealForm,
  change: Partial<Pick<SealForm, "kindId" | "entityId" | "unitId">>,
  facts: RegistrationFacts,
): SealForm {
  const before = deriveForm(form, facts);
  const kindId = change.kindId ?? form.kindId;
  const type = facts.types.find((one) => one.kindId === kindId)?.type ?? form.type;
  const key = { entityId: form.entityId, unitId: form.unitId, ...change, kindId, type };
  if (change.entityId !== undefined && change.entityId !== form.entityId) key.unitId = "";
  const after = deriveForm(key, facts);
  const follow = <T>(now: T, was: T, next: T): T => (now === was ? next : now);
  const texts = (["arcText", "centreText", "lowerText", "code"] as const).map(
    (field) => [field, follow(form.face[field], before.face[field], after.face[field])] as const,
  );
  const kept = change.kindId === undefined ? form.face : after.face;
  return {
    ...form,
    ...key,
    name: {
      en: follow(form.name.en, before.name.en, after.name.en),
      zh: follow(form.name.zh, before.name.zh, after.name.zh),
    },
    number: follow(form.number, before.number, after.number),
    external: change.kindId === undefined ? form.external : after.external,
    face: { ...kept, ...Object.fromEntries(texts) },
  };
}

/**
 * The next number after those of the entity that look like `LX-07`. Numbers of stopped seals are never used again, and
 * those of seals that are only asked for are spoken for.
 */
export function suggestNumber(
  entity: { readonly entityId: string; readonly code: string },
  numbers: RegistrationFacts["numbers"],
): string {
  const used = numbers
    .filter((seal) => seal.entityId === entity.entityId && seal.number.startsWith(`${entity.code}-`))
    .map((seal) => seal.number.slice(entity.code.length + 1))
    .filter((rest) => /^\d{1,6}$/.test(rest))
    .map(Number);
  return `${entity.code}-${String(Math.max(0, ...used) + 1).padStart(2, "0")}`;
}

/** How high a picture is at a width in mm, to a tenth; NaN where the width is no number. */
export function findPictureHeight(picture: PictureForm, widthMm: string): number {
  return Math.round(((readMm(widthMm) * picture.heightPx) / picture.widthPx) * 10) / 10;
}

export type SealField =
  | "entity"
  | "name"
  | "number"
  | "numberTaken"
  | "face"
  | "picture"
  | "pictureSize"
  | "custodians"
  | "people"
  | "supervisorTo"
  | "supervisorRisk"
  | "make"
  | "pieces"
  | "reason";

/** What is known about a form besides what stands in it. */
export interface FormChecks {
  /** Whether the drawn face may be made. */
  readonly faceReady: boolean;
  /** Whether the supervisor joins roles that only the profile lets meet. */
  readonly loosened?: boolean;
  readonly numbers?: RegistrationFacts["numbers"];
  /** Whether a rule refuses one of the people who are named. */
  readonly peopleRefused?: boolean;
}

/** Everything that keeps the form from being sent, at once: nobody mends one thing only to be told of the next. */
export function listSealProblems(form: SealForm, checks: FormChecks): readonly SealField[] {
  const { faceReady, loosened = false, numbers = [], peopleRefused = false } = checks;
  const problems: SealField[] = [];
  if (form.entityId === "") problems.push("entity");
  if (form.name.en.trim() === "" || form.name.zh.trim() === "") problems.push("name");
  const number = form.number.trim();
  if (number === "") problems.push("number");
  else if (numbers.some((one) => one.entityId === form.entityId && one.number === number)) problems.push("numberTaken");
  if (form.faceKind === "generated" && !faceReady) problems.push("face");
  if (form.faceKind === "image") {
    if (form.picture === null) problems.push("picture");
    else if (![readMm(form.pictureWidthMm), findPictureHeight(form.picture, form.pictureWidthMm)].every(fits))
      problems.push("pictureSize");
  }
  if (form.custodians[0] !== "" && form.custodians[0] === form.custodians[1]) problems.push("custodians");
  if (peopleRefused) problems.push("people");
  if (loosened && form.supervisorTo === "") problems.push("supervisorTo");
  if (loosened && form.supervisorRisk.trim() === "") problems.push("supervisorRisk");
  if (!form.electronic && !form.physical) problems.push("make");
  if (form.physical && !/^[1-9]$/.test(form.pieces.trim())) problems.push("pieces");
  if (form.reason.trim() === "") problems.push("reason");
  return problems;
}

const fits = (mm: number): boolean => mm >= 5 && mm <= 100;

type CrewField = "custodians" | "supervisor" | "supervisorTo" | "supervisorRisk" | "certificateKeeper";

/** The people of a form as the server takes them. */
export function listCrew(form: SealForm): Required<Pick<CheckedCrew, CrewField>> {
  return {
    custodians: [...new Set(form.custodians.filter((id) => id !== ""))],
    supervisor: form.supervisor || null,
    supervisorTo: form.supervisorTo || null,
    supervisorRisk: form.supervisorRisk.trim() || null,
    certificateKeeper: form.certificateKeeper || null,
  };
}

/** The matter that a form means, for a new seal or for one in place of another; undefined while it is not complete. */
export function makeEngraving(form: SealForm, faceReady: boolean, replaces: string | null): MatterBody | undefined {
  if (listSealProblems(form, { faceReady }).length > 0) return undefined;
  const { picture } = form;
  const face =
    form.faceKind === "generated"
      ? { kind: "generated", spec: toFaceSpec(form.face) }
      : picture
        ? {
            kind: "image",
            imageId: picture.imageId,
            widthMm: readMm(form.pictureWidthMm),
            heightMm: findPictureHeight(picture, form.pictureWidthMm),
          }
        : undefined;
  if (!face) return undefined;
  const name = { en: form.name.en.trim(), zh: form.name.zh.trim() };
  const number = form.number.trim();
  return {
    kind: replaces === null ? "engrave" : "replace",
    ...{ entityId: form.entityId, unitId: form.unitId || null, sealId: replaces, bodyId: null, personId: null },
    title: `${name.en} ${number} · ${name.zh} ${number}`.slice(0, 200),
    reason: form.reason.trim(),
    data: {
      ...{ type: form.type, kindId: ownKindOf(form), name, number, external: form.external, face },
      physical: form.physical ? { pieces: Number(form.pieces), material: form.material.trim() } : null,
      electronic: form.electronic ? { keyAlgorithm: form.keyAlgorithm, filing: form.filing } : null,
      ...listCrew(form),
    },
    effectiveOn: null,
  };
}

/** An own kind of the organisation; null where the type is the kind. */
export const ownKindOf = ({ kindId, type }: Pick<SealForm, "kindId" | "type">): string | null =>
  kindId === type ? null : kindId;

/** What this form wrote into a matter. */
interface Engraving {
  readonly type: SealType;
  readonly kindId?: string | null;
  readonly name: LocalName;
  readonly number: string;
  readonly external: boolean;
  readonly face:
    | { readonly kind: "generated"; readonly spec: ReturnType<typeof toFaceSpec> }
    | { readonly kind: "image"; readonly imageId: string; readonly widthMm: number; readonly heightMm: number };
  readonly physical: { readonly pieces: number; readonly material: string } | null;
  readonly electronic: { readonly keyAlgorithm: SealForm["keyAlgorithm"]; readonly filing: boolean } | null;
  readonly custodians: readonly string[];
  readonly supervisor: string | null;
  readonly supervisorTo?: string | null;
  readonly supervisorRisk?: string | null;
  readonly certificateKeeper: string | null;
}

/** A seal that was asked for and came back, as it is put together again. */
export function readEngraving(
  facts: RegistrationFacts,
  matter: Pick<MatterBody, "entityId" | "unitId" | "reason" | "data">,
): SealForm {
  const asked = matter.data as unknown as Engraving;
  const begun = beginForm(facts, matter.entityId);
  const { face } = asked;
  return {
    ...begun,
    ...{
      type: asked.type,
      kindId: asked.kindId ?? asked.type,
      entityId: matter.entityId,
      unitId: matter.unitId ?? "",
      name: asked.name,
    },
    ...{ number: asked.number, external: asked.external, faceKind: face.kind, reason: matter.reason },
    ...(face.kind === "generated"
      ? { face: readFaceSpec(face.spec) }
      : {
          // Only the proportions of the picture are asked of it here.
          picture: { imageId: face.imageId, widthPx: face.widthMm * 10, heightPx: face.heightMm * 10 },
          pictureWidthMm: String(face.widthMm),
        }),
    ...{ physical: asked.physical !== null, pieces: String(asked.physical?.pieces ?? 1) },
    ...{ material: asked.physical?.material ?? "", electronic: asked.electronic !== null },
    keyAlgorithm: asked.electronic?.keyAlgorithm ?? begun.keyAlgorithm,
    filing: asked.electronic?.filing ?? false,
    custodians: [asked.custodians[0] ?? "", asked.custodians[1] ?? ""],
    ...{ supervisorTo: asked.supervisorTo ?? "", supervisorRisk: asked.supervisorRisk ?? "" },
    ...{ supervisor: asked.supervisor ?? "", certificateKeeper: asked.certificateKeeper ?? "" },
  };
}

export type RefusalPlace = "number" | "face" | "people" | "form";

/** The part of the page where a rule that refused the registration is mended. */
function placeRefusal(code: string): RefusalPlace {
  if (code === "seal.number-taken") return "number";
  if (/^(face|image)\./.test(code)) return "face";
  return /^(grant|separation|custody)\.|^seal\.custodian-twice$/.test(code) ? "people" : "form";
}

/** Every reason of an answer that refused, each at its part. What is no refusal of rules stands at the form's end. */
export function placeRefusals(thrown: unknown): Readonly<Record<RefusalPlace, readonly Refusal[]>> {
  const refusals = findProblem(thrown)?.refusals ?? [];
  const at = (place: RefusalPlace): readonly Refusal[] => refusals.filter((one) => placeRefusal(one.code) === place);
  return { number: at("number"), face: at("face"), people: at("people"), form: at("form") };
}
