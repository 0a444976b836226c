/**
 * The texts of the interface by area. `shell` and `terms` are on every page; the others are fetched with the page that
 * names them. An area is a pair of files, `<area>.en.ts` and `<area>.zh.ts`, whose keys are equal (type and test).
 */
export const AREAS = {
  shell: { en: () => import("./shell.en.ts"), zh: () => import("./shell.zh.ts") },
  terms: { en: () => import("./terms.en.ts"), zh: () => import("./terms.zh.ts") },
  parts: { en: () => import("./parts.en.ts"), zh: () => import("./parts.zh.ts") },
  identity: { en: () => import("./identity.en.ts"), zh: () => import("./identity.zh.ts") },
  organisation: { en: () => import("./organisation.en.ts"), zh: () => import("./organisation.zh.ts") },
  separation: { en: () => import("./separation.en.ts"), zh: () => import("./separation.zh.ts") },
  overview: { en: () => import("./overview.en.ts"), zh: () => import("./overview.zh.ts") },
  firstUse: { en: () => import("./firstUse.en.ts"), zh: () => import("./firstUse.zh.ts") },
  settings: { en: () => import("./settings.en.ts"), zh: () => import("./settings.zh.ts") },
  matters: { en: () => import("./matters.en.ts"), zh: () => import("./matters.zh.ts") },
  custody: { en: () => import("./custody.en.ts"), zh: () => import("./custody.zh.ts") },
  checks: { en: () => import("./checks.en.ts"), zh: () => import("./checks.zh.ts") },
  forms: { en: () => import("./forms.en.ts"), zh: () => import("./forms.zh.ts") },
  stock: { en: () => import("./stock.en.ts"), zh: () => import("./stock.zh.ts") },
  training: { en: () => import("./training.en.ts"), zh: () => import("./training.zh.ts") },
  controllers: { en: () => import("./controllers.en.ts"), zh: () => import("./controllers.zh.ts") },
  alarms: { en: () => import("./alarms.en.ts"), zh: () => import("./alarms.zh.ts") },
  lodgings: { en: () => import("./lodgings.en.ts"), zh: () => import("./lodgings.zh.ts") },
  life: { en: () => import("./life.en.ts"), zh: () => import("./life.zh.ts") },
  seals: { en: () => import("./seals.en.ts"), zh: () => import("./seals.zh.ts") },
  ruleBook: { en: () => import("./ruleBook.en.ts"), zh: () => import("./ruleBook.zh.ts") },
  templates: { en: () => import("./templates.en.ts"), zh: () => import("./templates.zh.ts") },
  documentClasses: { en: () => import("./documentClasses.en.ts"), zh: () => import("./documentClasses.zh.ts") },
  rulesOfUse: { en: () => import("./rulesOfUse.en.ts"), zh: () => import("./rulesOfUse.zh.ts") },
  registers: { en: () => import("./registers.en.ts"), zh: () => import("./registers.zh.ts") },
  ledger: { en: () => import("./ledger.en.ts"), zh: () => import("./ledger.zh.ts") },
  lab: { en: () => import("./lab.en.ts"), zh: () => import("./lab.zh.ts") },
  verify: { en: () => import("./verify.en.ts"), zh: () => import("./verify.zh.ts") },
  apply: { en: () => import("./apply.en.ts"), zh: () => import("./apply.zh.ts") },
  confidential: { en: () => import("./confidential.en.ts"), zh: () => import("./confidential.zh.ts") },
  joint: { en: () => import("./joint.en.ts"), zh: () => import("./joint.zh.ts") },
  series: { en: () => import("./series.en.ts"), zh: () => import("./series.zh.ts") },
  standing: { en: () => import("./standing.en.ts"), zh: () => import("./standing.zh.ts") },
  emergency: { en: () => import("./emergency.en.ts"), zh: () => import("./emergency.zh.ts") },
  copies: { en: () => import("./copies.en.ts"), zh: () => import("./copies.zh.ts") },
  stamping: { en: () => import("./stamping.en.ts"), zh: () => import("./stamping.zh.ts") },
  requests: { en: () => import("./requests.en.ts"), zh: () => import("./requests.zh.ts") },
} as const;

export type Area = keyof typeof AREAS;

/** What a Chinese file must hold to be complete beside its English one: Chinese has no form of its own for one. */
export type SameKeys<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : SameKeys<T[K]>;
};
