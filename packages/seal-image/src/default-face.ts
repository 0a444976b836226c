import type { FaceSpec } from "./face-spec.ts";
import { isWideText } from "./glyph.ts";

export const sealTypes = [
  "official",
  "contract",
  "finance",
  "invoice",
  "legal-representative",
  "personnel",
  "customs",
  "department",
  "branch",
  "business",
  "party-committee",
  "board",
  "supervisory-board",
  "bank-specimen",
  "cross-page",
  "correction",
  "date-receipt",
  "embossing",
  "personal-name",
] as const;

export type SealType = (typeof sealTypes)[number];

/** What a face names besides the entity: the unit of a department or branch seal, the person of a name seal, the code. */
export type FaceNames = {
  readonly unitName?: string | undefined;
  readonly personName?: string | undefined;
  readonly code?: string | undefined;
};

/** The face a seal of this type usually has: shape and size in mm by Chinese practice, texts in the language of the name. */
export function defaultFace(type: SealType, entityName: string, names: FaceNames = {}): FaceSpec {
  const chinese = isWideText(entityName);
  const say = (zh: string, en: string): string => (chinese ? zh : en);
  const code = names.code === undefined ? {} : { code: names.code };
  const circle = (sizeMm: number, lowerText?: string): FaceSpec => ({
    shape: "circle",
    widthMm: sizeMm,
    heightMm: sizeMm,
    arcText: entityName,
    centre: "star",
    ...(lowerText === undefined ? {} : { lowerText }),
    ...code,
  });
  const oval = (widthMm: number, heightMm: number, lowerText: string): FaceSpec => ({
    shape: "oval",
    widthMm,
    heightMm,
    arcText: entityName,
    centre: "none",
    lowerText,
    ...code,
  });
  switch (type) {
    case "official":
      return circle(42);
    case "contract":
      return circle(58, say("合同专用章", "CONTRACT SEAL"));
    case "finance":
      return circle(38, say("财务专用章", "FINANCE SEAL"));
    case "invoice":
      return oval(40, 30, say("发票专用章", "INVOICE SEAL"));
    case "legal-representative":
      return nameSeal(20, names.personName ?? entityName);
    case "personnel":
      return circle(42, say("人事专用章", "PERSONNEL SEAL"));
    case "customs":
      return oval(50, 36, say("报关专用章", "CUSTOMS SEAL"));
    case "department":
      return circle(42, names.unitName ?? say("部门章", "DEPARTMENT SEAL"));
    case "branch":
      return circle(42, names.unitName ?? say("分支机构章", "BRANCH SEAL"));
    case "business":
      return circle(42, say("业务专用章", "BUSINESS SEAL"));
    case "party-committee":
      return circle(42, say("党委", "PARTY COMMITTEE"));
    case "board":
      return circle(42, say("董事会", "BOARD"));
    case "supervisory-board":
      return circle(42, say("监事会", "SUPERVISORY BOARD"));
    case "bank-specimen":
      return circle(38, say("预留印鉴", "BANK SPECIMEN"));
    case "cross-page":
      return oval(45, 30, say("骑缝章", "CROSS-PAGE SEAL"));
    case "correction":
      return { shape: "rectangle", widthMm: 20, heightMm: 9, centreText: say("校对章", "CORRECTED") };
    case "date-receipt":
      return {
        shape: "rectangle",
        widthMm: 44,
        heightMm: 22,
        arcText: entityName,
        centreText: say("收讫", "RECEIVED"),
      };
    case "embossing":
      return { ...circle(42, say("钢印", "EMBOSSED")), borderMm: 0.8 };
    case "personal-name":
      return nameSeal(18, names.personName ?? entityName);
  }
}

/** A short name is engraved with 之印 or 印 behind it, so that four characters fill the square. */
function nameSeal(sizeMm: number, name: string): FaceSpec {
  const missing = isWideText(name) ? 4 - [...name].length : 0;
  const centreText = missing === 1 ? `${name}印` : missing === 2 ? `${name}之印` : name;
  return { shape: "square", widthMm: sizeMm, heightMm: sizeMm, centreText };
}
