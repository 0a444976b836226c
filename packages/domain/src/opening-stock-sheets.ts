import { CONTAINER_KINDS, containerKindNames } from "./custody-place.ts";
import { foldText } from "./register.ts";
import { type LocalName, ROLES, roleNames, SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

/** The sheets an organisation brings with it, in the order in which one rests on the other. */
export const SHEET_KINDS = ["units", "people", "roles", "containers", "seals", "authorisations"] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];
export const sheetKindNames: Readonly<Record<SheetKind, LocalName>> = {
  units: { en: "Units", zh: "部门" },
  people: { en: "People", zh: "人员" },
  roles: { en: "Roles", zh: "角色" },
  containers: { en: "Containers", zh: "存放容器" },
  seals: { en: "Seals", zh: "印章" },
  authorisations: { en: "Open authorisations", zh: "未到期授权" },
};

/** What is decided together: accounts, units and containers first; then the seals that rest on them. */
export const STOCK_PARTS = ["batch-import", "opening-stock"] as const;
export type StockPart = (typeof STOCK_PARTS)[number];
export const partOfSheet = (kind: SheetKind): StockPart =>
  kind === "seals" || kind === "authorisations" ? "opening-stock" : "batch-import";

export type ColumnForm = "text" | "day" | "yes-no" | "count" | "mm" | "word" | "words";
export interface SheetColumn {
  readonly id: string;
  readonly name: LocalName;
  /** Other heads under which people keep the same. */
  readonly others: readonly string[];
  readonly needed: boolean;
  readonly form: ColumnForm;
  /** The words that may stand there, by code. */
  readonly words?: Readonly<Record<string, LocalName>>;
  readonly example: LocalName;
}

const both = (text: string): LocalName => ({ en: text, zh: text });
const column = (
  id: string,
  en: string,
  zh: string,
  example: LocalName,
  more: Partial<Omit<SheetColumn, "id" | "name" | "example">> = {},
): SheetColumn => ({ id, name: { en, zh }, others: [], needed: false, form: "text", ...more, example });

const namesOf = (others: readonly string[], en: string, zh: string): SheetColumn[] => [
  column("nameEn", "Name (English)", "名称（英文）", both(en), {
    others: ["English name", "英文名", "英文名称", "Name"],
  }),
  column("nameZh", "Name (Chinese)", "名称（中文）", both(zh), {
    others: ["Chinese name", "中文名", "中文名称", "名称", ...others],
  }),
];

export const SEAL_SHAPES = ["circle", "oval", "square", "rectangle"] as const;
export type SealShape = (typeof SEAL_SHAPES)[number];
export const sealShapeNames: Readonly<Record<SealShape, LocalName>> = {
  circle: { en: "circle", zh: "圆形" },
  oval: { en: "oval", zh: "椭圆形" },
  square: { en: "square", zh: "方形" },
  rectangle: { en: "rectangle", zh: "长方形" },
};
/** Where a seal of the opening stock may stand in its life. */
export const OPENING_STATES = ["in-use", "stopped", "sealed-up"] as const;
export type OpeningState = (typeof OPENING_STATES)[number];
const openingStateNames: Readonly<Record<OpeningState, LocalName>> = {
  "in-use": { en: "in use", zh: "在用" },
  stopped: { en: "stopped", zh: "停用" },
  "sealed-up": { en: "sealed up", zh: "封存" },
};
export const yesNoNames: Readonly<Record<"yes" | "no", LocalName>> = {
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
};
const typeNames = Object.fromEntries(SEAL_TYPES.map((type) => [type, sealTypeDefaults[type].name]));
/** A custodian is named with his seal; the other roles reach over an entity or a unit. */
const rolesOfSheet = Object.fromEntries(
  ROLES.filter((role) => role !== "custodian").map((role) => [role, roleNames[role]]),
);
const sealRoles = Object.fromEntries(
  (["signatory", "supervisor", "applicant"] as const).map((role) => [role, roleNames[role]]),
);
const entityColumn = column(
  "entity",
  "Entity",
  "单位主体",
  { en: "LX", zh: "LX" },
  { others: ["所属单位", "主体", "Company", "公司"] },
);
const yesNo = { form: "yes-no", words: yesNoNames } as const;

export const sheetColumns: Readonly<Record<SheetKind, readonly SheetColumn[]>> = {
  units: [
    column("code", "Unit code", "部门代码", both("D01"), {
      needed: true,
      others: ["Code", "代码", "编码", "部门编码"],
    }),
    ...namesOf(["部门名称", "部门"], "Purchasing", "采购部"),
    column("parent", "Unit above", "上级部门", both(""), { others: ["Parent", "Parent unit", "上级"] }),
    entityColumn,
  ],
  people: [
    ...namesOf(["姓名", "Full name"], "Zhang Wei", "张伟"),
    column("login", "Sign-in name or e-mail", "登录名或邮箱", both("zhang.wei@example.com"), {
      ...{ needed: true, others: ["Login", "E-mail", "Email", "登录名", "邮箱", "账号"] },
    }),
    column("unit", "Unit", "部门", both("D01"), { others: ["Department", "所在部门", "部门代码"] }),
    column(
      "roles",
      "Roles over the whole entity",
      "角色（全单位）",
      { en: "inspector", zh: "检查人" },
      {
        ...{ form: "words", words: rolesOfSheet, others: ["Roles", "角色"] },
      },
    ),
    column("from", "From", "起始日期", both("2024-03-01"), { form: "day", others: ["Since", "自", "入职日期"] }),
    entityColumn,
  ],
  roles: [
    column("person", "Person", "人员", both("zhang.wei@example.com"), {
      needed: true,
      others: ["Who", "姓名", "登录名", "Login"],
    }),
    column(
      "role",
      "Role",
      "角色",
      { en: "head of unit", zh: "部门负责人" },
      { needed: true, form: "word", words: rolesOfSheet },
    ),
    column("scope", "Unit it reaches", "适用部门", both("D01"), { others: ["Unit", "Scope", "部门", "范围"] }),
    column("from", "From", "起始日期", both("2024-03-01"), { form: "day", others: ["Since", "自"] }),
    column("until", "Until", "截止日期", both(""), { form: "day", others: ["To", "至"] }),
  ],
  containers: [
    ...namesOf(["容器名称", "柜名"], "Safe A", "A 保险柜"),
    column(
      "kind",
      "Kind of container",
      "容器类型",
      { en: "Safe", zh: "保险柜" },
      {
        ...{ needed: true, form: "word", others: ["Kind", "类型"] },
        words: Object.fromEntries(CONTAINER_KINDS.map((kind) => [kind, containerKindNames[kind]])),
      },
    ),
    column(
      "place",
      "Place",
      "存放地点",
      { en: "HQ, 3rd floor", zh: "总部 3 楼" },
      { needed: true, others: ["Address", "地点", "地址"] },
    ),
    column(
      "monitored",
      "Inside monitoring",
      "监控范围内",
      { en: "yes", zh: "是" },
      { ...yesNo, others: ["Monitored", "监控"] },
    ),
    column("camera", "Camera", "摄像头编号", both("C-301"), { others: ["摄像头"] }),
    column(
      "important",
      "For important seals",
      "可存放重要印章",
      { en: "yes", zh: "是" },
      { ...yesNo, others: ["重要印章"] },
    ),
    column(
      "locks",
      "Keys and codes",
      "钥匙与密码",
      { en: "key A-1 = zhang.wei@example.com; code A-2 = ", zh: "钥匙 A-1 = zhang.wei@example.com；密码 A-2 = " },
      {
        others: ["Locks", "锁", "锁具"],
      },
    ),
    entityColumn,
  ],
  seals: [
    column("number", "Number", "印章编号", both("YZ-001"), {
      needed: true,
      others: ["Old number", "Seal number", "编号", "原编号"],
    }),
    ...namesOf(["印章全称", "印章名称", "Full name"], "Contract seal (1)", "合同专用章（1）"),
    column(
      "kind",
      "Kind of seal",
      "印章类型",
      { en: "Contract seal", zh: "合同专用章" },
      {
        ...{ needed: true, form: "word", words: typeNames, others: ["Kind", "Type", "类型", "种类"] },
      },
    ),
    column("unit", "Unit", "使用部门", both("D01"), { others: ["Department", "部门", "部门代码"] }),
    column("material", "Material", "材质", { en: "rubber", zh: "橡胶" }),
    column(
      "shape",
      "Shape",
      "形状",
      { en: "circle", zh: "圆形" },
      { needed: true, form: "word", words: sealShapeNames },
    ),
    column("width", "Width (mm)", "宽（毫米）", both("42"), {
      needed: true,
      form: "mm",
      others: ["Width", "Diameter", "宽", "直径", "直径（毫米）"],
    }),
    column("height", "Height (mm)", "高（毫米）", both("42"), { form: "mm", others: ["Height", "高"] }),
    column("engravedOn", "Engraved on", "刻制日期", both("2021-05-12"), { form: "day", others: ["刻制时间"] }),
    column("filing", "Filing number", "备案号", both("3301020001234"), { others: ["备案编号"] }),
    column("custodian", "Custodian", "保管人", both("zhang.wei@example.com"), {
      needed: true,
      others: ["Keeper", "保管人员"],
    }),
    column("deputy", "Second custodian or deputy", "第二保管人或代管人", both(""), {
      others: ["Deputy", "Second custodian", "代管人", "第二保管人"],
    }),
    column(
      "container",
      "Container",
      "存放容器",
      { en: "Safe A", zh: "A 保险柜" },
      { others: ["Kept in", "容器", "存放处"] },
    ),
    column("state", "State", "状态", { en: "in use", zh: "在用" }, { form: "word", words: openingStateNames }),
    column("pieces", "Pieces", "实物枚数", both("1"), { form: "count", others: ["枚数", "数量"] }),
    column("specimen", "Specimen pictures", "印模图片", both("YZ-001.png"), {
      others: ["Specimen", "Picture", "印模", "图片", "印模文件"],
    }),
    column("remark", "Remark", "备注", both(""), { others: ["Note", "说明"] }),
    entityColumn,
  ],
  authorisations: [
    column("person", "Person", "被授权人", both("zhang.wei@example.com"), {
      needed: true,
      others: ["Who", "人员", "姓名"],
    }),
    column("seal", "Seal", "印章编号", both("YZ-001"), { needed: true, others: ["Seal number", "印章", "编号"] }),
    column(
      "role",
      "As",
      "授权角色",
      { en: "authorised signatory", zh: "授权签批人" },
      { form: "word", words: sealRoles, others: ["Role", "角色"] },
    ),
    column("until", "Until", "截止日期", both("2027-12-31"), {
      needed: true,
      form: "day",
      others: ["To", "有效期至", "至"],
    }),
    column(
      "purpose",
      "For what",
      "授权事项",
      { en: "Purchase orders up to CNY 50,000", zh: "5 万元以内的采购订单" },
      {
        ...{ needed: true, others: ["Purpose", "事项", "用途"] },
      },
    ),
  ],
};

/** How heads and words are compared: folded, without blanks and brackets. */
export const foldHead = (text: string): string => foldText(text).replace(/[\s()（）_\-—:：*.、/]/gu, "");

export interface RecognisedSheet {
  readonly kind: SheetKind;
  /** For each cell of the head its column; null where it is none. */
  readonly columns: readonly (SheetColumn | null)[];
  readonly unknownHeads: readonly string[];
}

const headsOf = ({ name, others }: SheetColumn): string[] => [name.en, name.zh, ...others].map(foldHead);

function matchColumns(kind: SheetKind, heads: readonly string[]): (SheetColumn | null)[] {
  const taken = new Set<string>();
  const found = heads.map((): SheetColumn | null => null);
  // Whoever keeps the template's own heads is taken at his word before other names are tried.
  for (const candidates of [({ name }: SheetColumn) => [name.en, name.zh].map(foldHead), headsOf])
    for (const [at, head] of heads.entries()) {
      if (found[at] !== null || head === "") continue;
      const column = sheetColumns[kind].find((one) => !taken.has(one.id) && candidates(one).includes(head));
      if (!column) continue;
      taken.add(column.id);
      found[at] = column;
    }
  return found;
}

/** Which sheet this is, by its heads in any order and either language, and by its name where two would fit; null for none. */
export function recogniseSheet(title: string, heads: readonly string[]): RecognisedSheet | null {
  const folded = heads.map(foldHead);
  const named = foldHead(title);
  const candidates = SHEET_KINDS.flatMap((kind) => {
    const columns = matchColumns(kind, folded);
    const ids = new Set(columns.flatMap((one) => one?.id ?? []));
    if (sheetColumns[kind].some((one) => one.needed && !ids.has(one.id))) return [];
    const byName = [kind, sheetKindNames[kind].en, sheetKindNames[kind].zh].some((name) =>
      named.includes(foldHead(name)),
    );
    return [{ kind, columns, score: ids.size * 2 + (byName ? 1 : 0) }];
  });
  const best = candidates.toSorted((a, b) => b.score - a.score)[0];
  if (!best) return null;
  const unknownHeads = heads.filter((head, at) => head.trim() !== "" && best.columns[at] === null);
  return { kind: best.kind, columns: best.columns, unknownHeads };
}
