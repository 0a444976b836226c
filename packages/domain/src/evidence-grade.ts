import type { LocalName } from "./vocabulary.ts";

/** How much the count of an impression on paper can be trusted, by who told of it. */
export const EVIDENCE_GRADES = ["T0", "T1", "T2", "T3"] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

export const evidenceGradeTexts: Readonly<
  Record<EvidenceGrade, { readonly name: LocalName; readonly says: LocalName }>
> = {
  T0: {
    name: { en: "A person's word", zh: "人工记录" },
    says: {
      en: "A person told of this impression; nothing but his word and the photo counts it.",
      zh: "该印迹由人员填报，仅凭其陈述和照片计数。",
    },
  },
  T1: {
    name: { en: "The maker's cloud", zh: "厂商云记录" },
    says: {
      en: "The cloud of the controller's maker told of this impression when it was asked; the record bears no signature.",
      zh: "该印迹由设备厂商云在查询时告知，记录没有签名。",
    },
  },
  T2: {
    name: { en: "A signed record", zh: "签名记录" },
    says: {
      en: "A controller's signed record tells of this impression, and does not say for certain that the seal reached the paper.",
      zh: "印控仪的签名记录载明该次动作，但不能确定印章是否落到纸面。",
    },
  },
  T3: {
    name: { en: "A signed record with its counter", zh: "签名记录及计数" },
    says: {
      en: "A controller's signed record tells of this impression, and the counter of its drive rose with it.",
      zh: "印控仪的签名记录载明该印迹，驱动计数器同步增加。",
    },
  },
};

/**
 * The grade of an impression on paper: by what told of it, never by what people said of it later. One that was not made, or not yet,
 * has none; neither has an electronic one, which its own signature proves.
 */
export function gradeOfImpression(told: {
  readonly made: boolean;
  readonly onPaper: boolean;
  /** The stroke that made it: of our own protocol with what it says, or of a maker's cloud; null where none did. */
  readonly stroke: { readonly by: "record"; readonly out: "done" | "unknown" } | { readonly by: "vendor-cloud" } | null;
}): EvidenceGrade | null {
  if (!told.made || !told.onPaper) return null;
  if (told.stroke === null) return "T0";
  if (told.stroke.by === "vendor-cloud") return "T1";
  return told.stroke.out === "done" ? "T3" : "T2";
}
