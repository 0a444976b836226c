import type { LocalName, Role, SealType } from "@chancery/domain";

/** Everybody and everything in the sample is invented. */
export const sampleOrganisation: LocalName = { en: "Lanxi Group (sample)", zh: "澜汐集团（示例）" };

export type EntityKey = "lanxi" | "works";
export const sampleEntities: Readonly<Record<EntityKey, { name: LocalName; code: string; timeZone: string }>> = {
  lanxi: { name: { en: "Lanxi Instruments Co., Ltd.", zh: "澜汐仪器有限公司" }, code: "LX", timeZone: "Asia/Shanghai" },
  works: {
    name: { en: "Lanxi Precision Works Co., Ltd.", zh: "澜汐精工有限公司" },
    code: "LP",
    timeZone: "Asia/Shanghai",
  },
};

export type UnitKey = "office" | "purchasing" | "sales" | "finance" | "people" | "plant" | "production" | "fair";
export const sampleUnits: Readonly<Record<UnitKey, { entity: EntityKey; parent: UnitKey | null; name: LocalName }>> = {
  office: { entity: "lanxi", parent: null, name: { en: "General office", zh: "总经办" } },
  purchasing: { entity: "lanxi", parent: "office", name: { en: "Purchasing", zh: "采购部" } },
  sales: { entity: "lanxi", parent: "office", name: { en: "Sales", zh: "销售部" } },
  finance: { entity: "lanxi", parent: "office", name: { en: "Finance", zh: "财务部" } },
  people: { entity: "lanxi", parent: "office", name: { en: "Human resources", zh: "人力资源部" } },
  fair: { entity: "lanxi", parent: "sales", name: { en: "Trade fair team", zh: "展会项目组" } },
  plant: { entity: "works", parent: null, name: { en: "Plant office", zh: "厂办" } },
  production: { entity: "works", parent: "plant", name: { en: "Production", zh: "生产部" } },
};

export type PersonKey =
  | "zhou"
  | "xu"
  | "bai"
  | "jiang"
  | "tang"
  | "shen"
  | "chen"
  | "duan"
  | "fang"
  | "meng"
  | "he"
  | "lin"
  | "gao"
  | "song"
  | "ye"
  | "qin"
  | "lu"
  | "mo"
  | "luo";
export interface SamplePerson {
  readonly name: LocalName;
  readonly login: string;
  readonly unit: UnitKey;
  /** Roles over whole entities or units; custodians of single seals are named with the seals. */
  readonly grants: readonly { readonly role: Role; readonly entity?: EntityKey; readonly unit?: UnitKey }[];
}
const both = (role: Role): SamplePerson["grants"] => [
  { role, entity: "lanxi" },
  { role, entity: "works" },
];

/** In the order they are invited: the system administrator is the first, the signatory confirms the others. */
export const samplePeople: Readonly<Record<PersonKey, SamplePerson>> = {
  qin: {
    name: { en: "Qin Lang", zh: "秦朗" },
    login: "qin.lang",
    unit: "office",
    grants: both("system-administrator"),
  },
  shen: {
    name: { en: "Shen Huaining", zh: "沈怀宁" },
    login: "shen.huaining",
    unit: "office",
    grants: both("signatory"),
  },
  gao: {
    name: { en: "Gao Minzhi", zh: "高敏之" },
    login: "gao.minzhi",
    unit: "office",
    grants: both("seal-administrator"),
  },
  tang: {
    name: { en: "Tang Jingshu", zh: "唐静姝" },
    login: "tang.jingshu",
    unit: "office",
    grants: both("legal-reviewer"),
  },
  jiang: {
    name: { en: "Jiang Lan", zh: "江岚" },
    login: "jiang.lan",
    unit: "office",
    grants: [{ role: "unit-head", unit: "office" }],
  },
  bai: {
    name: { en: "Bai Heng", zh: "白衡" },
    login: "bai.heng",
    unit: "purchasing",
    grants: [{ role: "unit-head", unit: "purchasing" }],
  },
  luo: {
    name: { en: "Luo Yi", zh: "罗逸" },
    login: "luo.yi",
    unit: "plant",
    grants: [{ role: "unit-head", unit: "plant" }],
  },
  lin: { name: { en: "Lin Yue", zh: "林越" }, login: "lin.yue", unit: "office", grants: both("supervisor") },
  song: { name: { en: "Song Ke", zh: "宋珂" }, login: "song.ke", unit: "office", grants: both("certificate-keeper") },
  ye: { name: { en: "Ye Shuyan", zh: "叶书言" }, login: "ye.shuyan", unit: "office", grants: both("inspector") },
  chen: { name: { en: "Chen Yilin", zh: "陈亦霖" }, login: "chen.yilin", unit: "office", grants: [] },
  duan: { name: { en: "Duan Rui", zh: "段睿" }, login: "duan.rui", unit: "office", grants: [] },
  fang: { name: { en: "Fang Lu", zh: "方露" }, login: "fang.lu", unit: "finance", grants: [] },
  meng: { name: { en: "Meng Xia", zh: "孟霞" }, login: "meng.xia", unit: "finance", grants: [] },
  he: { name: { en: "He Anran", zh: "何安然" }, login: "he.anran", unit: "people", grants: [] },
  mo: {
    name: { en: "Mo Qian", zh: "莫谦" },
    login: "mo.qian",
    unit: "plant",
    // Where both companies seal one paper, nobody signs for both.
    grants: [{ role: "signatory", entity: "works" }],
  },
  lu: { name: { en: "Lu Wen", zh: "陆文" }, login: "lu.wen", unit: "plant", grants: [] },
  zhou: { name: { en: "Zhou Mingche", zh: "周明澈" }, login: "zhou.mingche", unit: "purchasing", grants: [] },
  xu: {
    name: { en: "Xu Zhiyuan", zh: "许知远" },
    login: "xu.zhiyuan",
    unit: "sales",
    grants: [{ role: "applicant", entity: "works" }],
  },
};

export type SealKey = "official" | "contract" | "finance" | "personnel" | "department" | "invoice" | "customs";
export interface SampleSeal {
  readonly type: SealType;
  readonly entity: EntityKey;
  readonly unit: UnitKey | null;
  readonly name: LocalName;
  readonly number: string;
  readonly external: boolean;
  readonly keyAlgorithm: "ecdsa-p256" | "rsa-2048";
  readonly custodians: readonly PersonKey[];
  /** For the face, where the type asks for it. */
  readonly unitName?: string;
  readonly code?: string;
}

/**
 * Seven electronic seals of different types. The finance seal stands before the contract seal: when the second one comes
 * to a custodian of the company seal, he keeps two of three important seals, never all.
 */
export const sampleSeals: Readonly<Record<SealKey, SampleSeal>> = {
  official: {
    type: "official",
    entity: "lanxi",
    unit: null,
    name: { en: "Company seal", zh: "公章" },
    number: "LX-01",
    external: true,
    keyAlgorithm: "rsa-2048",
    custodians: ["chen", "duan"],
    code: "9900000042017",
  },
  finance: {
    type: "finance",
    entity: "lanxi",
    unit: "finance",
    name: { en: "Finance seal", zh: "财务专用章" },
    number: "LX-03",
    external: true,
    keyAlgorithm: "rsa-2048",
    custodians: ["fang", "meng"],
  },
  contract: {
    type: "contract",
    entity: "lanxi",
    unit: null,
    name: { en: "Contract seal", zh: "合同专用章" },
    number: "LX-02",
    external: true,
    keyAlgorithm: "ecdsa-p256",
    custodians: ["chen", "he"],
    code: "9900000042025",
  },
  personnel: {
    type: "personnel",
    entity: "lanxi",
    unit: "people",
    name: { en: "Personnel seal", zh: "人事专用章" },
    number: "LX-07",
    external: true,
    keyAlgorithm: "ecdsa-p256",
    custodians: ["he", "chen"],
  },
  department: {
    type: "department",
    entity: "lanxi",
    unit: "purchasing",
    name: { en: "Purchasing department seal", zh: "采购部章" },
    number: "LX-11",
    external: false,
    keyAlgorithm: "ecdsa-p256",
    custodians: ["duan", "chen"],
    unitName: "采购部",
  },
  invoice: {
    type: "invoice",
    entity: "works",
    unit: "plant",
    name: { en: "Invoice seal", zh: "发票专用章" },
    number: "LP-05",
    external: true,
    keyAlgorithm: "ecdsa-p256",
    custodians: ["lu", "meng"],
    code: "9900000051042",
  },
  customs: {
    type: "customs",
    entity: "lanxi",
    unit: "sales",
    name: { en: "Customs seal", zh: "报关专用章" },
    number: "LX-09",
    external: true,
    keyAlgorithm: "ecdsa-p256",
    custodians: ["fang", "duan"],
  },
};
