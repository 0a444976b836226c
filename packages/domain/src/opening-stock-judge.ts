import type { ContainerFacts, ContainerKind } from "./custody-place.ts";
import { decideLockHolder, listContainerRefusals } from "./custody-place.ts";
import type { StockFacts, StockFault, StockItem, StockLine, StockRef, StockVerdict } from "./opening-stock.ts";
import { foldKey, listShapeRefusals, readLocks, splitList } from "./opening-stock-cells.ts";
import { judgeGrants, type WantedGrant } from "./opening-stock-grants.ts";
import { type OpeningState, partOfSheet, type SealShape, type SheetKind } from "./opening-stock-sheets.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { listSpecimenRefusals } from "./specimen.ts";
import type { LocalName, Role, SealType } from "./vocabulary.ts";

/** A line while it is judged. */
interface Judged {
  readonly line: StockLine;
  readonly subject: string;
  readonly faults: StockFault[];
  readonly items: StockItem[];
  /** Keys of lines it rests on. */
  readonly rests: string[];
  readonly grants: WantedGrant[];
  /** Its own key, where others may rest on it; what it is about is there already under this id. */
  key: string | null;
  known: string | null;
}

/** Where a word in a sheet leads: to what is there, to a line, to nothing, or to more than one. */
type Found = { readonly ref: StockRef } | { readonly refusal: Refusal };

/**
 * Judges every line with all the others and with what is there. The verdict of a line does not depend on where it
 * stands: whoever contradicts another is told on both lines. A line with an error makes nothing, nor does one that rests
 * on it.
 */
export function judgeOpeningStock(lines: readonly StockLine[], facts: StockFacts): StockVerdict[] {
  const judged = lines.toSorted(byPlace).map((line): Judged => ({ ...begin(line), line, faults: [...line.faults] }));
  const index = createIndex(judged, facts);
  for (const one of judged) {
    listEntityFaults(one, facts);
    if (keyKinds.includes(one.line.kind)) listTwice(one, index);
  }
  for (const one of judged) judgeLine[one.line.kind](one, index, facts);
  findRings(judged);
  judgeGrants(judged, facts);
  tellResting(judged);
  return judged.map(({ line, subject, faults, items, rests, known }): StockVerdict => {
    const verdict = faults.length > 0 ? "refused" : known !== null && items.length === 0 ? "there" : "make";
    return {
      ...{ file: line.file, sheet: line.sheet, row: line.row, kind: line.kind, subject, verdict, faults },
      items: verdict === "make" ? items : [],
      waits: verdict === "make" && rests.some((key) => !keyOfPart(key, line.kind)),
    };
  });
}

/** In one order, whichever they came in. */
function byPlace(a: StockLine, b: StockLine): number {
  const [left, right] = [`${a.file}\n${a.sheet}`, `${b.file}\n${b.sheet}`];
  return left < right ? -1 : left > right ? 1 : a.row - b.row;
}

/** Whether the line of that key is carried out together with a line of this kind. */
const keyOfPart = (key: string, kind: SheetKind): boolean =>
  partOfSheet(kind) === (key.startsWith("seals:") ? "opening-stock" : "batch-import");
const keyKinds: readonly SheetKind[] = ["units", "people", "containers", "seals"];
const keyColumn: Readonly<Record<SheetKind, string>> = {
  ...{
    units: "code",
    people: "login",
    containers: "nameZh",
    seals: "number",
    roles: "person",
    authorisations: "person",
  },
};

const nameOf = ({ values }: StockLine): LocalName => ({
  en: values.nameEn || values.nameZh || "",
  zh: values.nameZh || values.nameEn || "",
});

function begin(line: StockLine): Omit<Judged, "line" | "faults"> {
  const { values, kind } = line;
  const { en, zh } = nameOf(line);
  const name = en === zh ? en : `${zh} · ${en}`;
  const ownKey = kind === "containers" ? zh : (values[keyColumn[kind]] ?? "");
  const key = keyKinds.includes(kind) && ownKey !== "" ? `${kind}:${foldKey(ownKey)}` : null;
  const subject =
    kind === "roles"
      ? (values.person ?? "")
      : kind === "authorisations"
        ? `${values.person ?? ""} → ${values.seal ?? ""}`
        : [name, kind === "containers" ? "" : ownKey].filter((part) => part !== "").join(" · ");
  return { subject, items: [], rests: [], grants: [], key, known: null };
}

const fault = (one: Judged, column: string | null, ...refusals: readonly Refusal[]): void => {
  for (const refusal of refusals)
    if (!one.faults.some((told) => told.column === column && told.refusal.code === refusal.code))
      one.faults.push({ column, refusal });
};

/** The rows that a fault names, in their order; those of another sheet with its name. */
const rowsOf = (lines: readonly Judged[], own: StockLine): string => {
  const places = lines
    .map(({ line }) => line)
    .toSorted(byPlace)
    .map((line) => (line.file === own.file && line.sheet === own.sheet ? `${line.row}` : `${line.sheet} ${line.row}`));
  return [...new Set(places)].slice(0, 10).join(", ");
};

interface Index {
  readonly byKey: ReadonlyMap<string, readonly Judged[]>;
  readonly find: (kind: "units" | "people" | "containers" | "seals", text: string) => Found;
}

function createIndex(judged: readonly Judged[], facts: StockFacts): Index {
  const byKey = Map.groupBy(
    judged.filter(({ key }) => key !== null),
    ({ key }) => key ?? "",
  );
  const names = Map.groupBy(
    judged.flatMap((one) => {
      if (one.key === null) return [];
      const { en, zh } = nameOf(one.line);
      return [...new Set([foldKey(en), foldKey(zh)])]
        .filter((name) => name !== "")
        .map((name) => ({ name: `${one.line.kind}:${name}`, one }));
    }),
    ({ name }) => name,
  );
  const known = createKnown(facts);
  const find: Index["find"] = (kind, text) => {
    const wanted = `${kind}:${foldKey(text)}`;
    const there = known.byKey.get(wanted);
    if (there !== undefined) return { ref: { known: there } };
    if (byKey.has(wanted)) return { ref: { line: wanted } };
    const lines = new Set((names.get(wanted) ?? []).map(({ one }) => one.key ?? ""));
    const ids = new Set(known.byName.get(wanted) ?? []);
    // Who stands in the sheet and is there already is one person.
    const fresh = [...lines].filter((key) => !ids.has(known.byKey.get(key) ?? ""));
    if (ids.size + fresh.length > 1) return { refusal: refuse("import.name-of-several", { text }) };
    const [id] = ids;
    if (id !== undefined) return { ref: { known: id } };
    const [key] = fresh;
    if (key !== undefined) return { ref: { line: key } };
    return { refusal: refuse(unknownCodes[kind], { text }) };
  };
  return { byKey, find };
}

const unknownCodes = {
  units: "import.unit-unknown",
  people: "import.person-unknown",
  containers: "import.container-unknown",
  seals: "import.seal-unknown",
} as const;

function createKnown(facts: StockFacts) {
  const byKey = new Map<string, string>();
  const byName = new Map<string, string[]>();
  const name = (kind: SheetKind, { en, zh }: LocalName, id: string): void => {
    for (const one of new Set([foldKey(en), foldKey(zh)]))
      byName.set(`${kind}:${one}`, [...(byName.get(`${kind}:${one}`) ?? []), id]);
  };
  for (const unit of facts.units.filter((one) => !one.closed)) {
    if (unit.code !== null) byKey.set(`units:${foldKey(unit.code)}`, unit.unitId);
    name("units", unit.name, unit.unitId);
  }
  for (const person of facts.people.filter((one) => !one.departed)) {
    byKey.set(`people:${foldKey(person.login)}`, person.personId);
    name("people", person.name, person.personId);
  }
  for (const container of facts.containers) {
    byKey.set(`containers:${foldKey(container.name.zh)}`, container.containerId);
    name("containers", container.name, container.containerId);
  }
  for (const seal of facts.seals.filter((one) => one.entityId === facts.entity.entityId))
    byKey.set(`seals:${foldKey(seal.number)}`, seal.sealId);
  return { byKey, byName };
}

/** A line of another entity is not decided here. */
function listEntityFaults(one: Judged, { entity }: StockFacts): void {
  const text = one.line.values.entity ?? "";
  if (text === "") return;
  const own = [entity.code, entity.name.en, entity.name.zh].map(foldKey);
  if (!own.includes(foldKey(text))) fault(one, "entity", refuse("import.other-entity", { text }));
}

function listTwice(one: Judged, index: Index): void {
  if (one.key === null) return;
  const others = (index.byKey.get(one.key) ?? []).filter((other) => other !== one);
  if (others.length > 0) fault(one, columnOfKey(one), refuse("import.twice", { rows: rowsOf(others, one.line) }));
}
const columnOfKey = ({ line }: Judged): string =>
  line.kind === "containers" && !line.values.nameZh ? "nameEn" : keyColumn[line.kind];

const judgeLine: Readonly<Record<SheetKind, (one: Judged, index: Index, facts: StockFacts) => void>> = {
  units: judgeUnit,
  people: judgePerson,
  roles: judgeRole,
  containers: judgeContainer,
  seals: judgeSeal,
  authorisations: judgeAuthorisation,
};

function refer(one: Judged, column: string, found: Found): StockRef | null {
  if ("refusal" in found) {
    fault(one, column, found.refusal);
    return null;
  }
  if ("line" in found.ref && found.ref.line !== one.key) one.rests.push(found.ref.line);
  return found.ref;
}

function needName(one: Judged): LocalName {
  const name = nameOf(one.line);
  if (name.en === "" && !one.line.faults.some(({ column }) => column === "nameEn" || column === "nameZh"))
    fault(one, "nameZh", refuse("import.name-missing", {}));
  return name;
}

function judgeUnit(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  const name = needName(one);
  const code = values.code ?? "";
  const parent = values.parent ? refer(one, "parent", index.find("units", values.parent)) : null;
  const key = one.key ?? "";
  const same = facts.units.find((unit) => !unit.closed && unit.code !== null && foldKey(unit.code) === foldKey(code));
  if (same) {
    one.known = same.unitId;
    if (foldKey(same.name.zh) !== foldKey(name.zh))
      fault(one, "code", refuse("import.code-taken", { name: same.name.zh }));
    return;
  }
  one.items.push({ kind: "unit", key, code, name, parent });
}

function judgePerson(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  const name = needName(one);
  const login = (values.login ?? "").normalize("NFKC");
  if (login !== "" && (/\s/u.test(login) || [...login].length < 2 || login.length > 100))
    fault(one, "login", refuse("import.login-unfit", {}));
  const unit = values.unit ? refer(one, "unit", index.find("units", values.unit)) : null;
  listPastFaults(one, "from", facts);
  const key = one.key ?? "";
  const same = facts.people.find((person) => foldKey(person.login) === foldKey(login));
  if (same) {
    one.known = same.personId;
    const named = [same.name.en, same.name.zh].map(foldKey);
    if (same.departed || !named.includes(foldKey(name.zh)))
      fault(one, "login", refuse("import.login-taken", { name: same.name.zh }));
  } else one.items.push({ kind: "person", key, login, name, unit });
  const person: StockRef = same ? { known: same.personId } : { line: key };
  for (const role of (values.roles ?? "").split(" ").filter((word) => word !== ""))
    one.grants.push({
      column: "roles",
      person,
      role: role as Role,
      scope: { kind: "entity" },
      from: values.from || facts.today,
      to: null,
      purpose: null,
    });
}

function judgeRole(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  listPastFaults(one, "from", facts);
  const from = values.from || facts.today;
  const person = values.person ? refer(one, "person", index.find("people", values.person)) : null;
  const unit = values.scope ? refer(one, "scope", index.find("units", values.scope)) : null;
  if (values.scope && unit === null) return;
  if (person === null || !values.role) return;
  const scope = unit === null ? ({ kind: "entity" } as const) : ({ kind: "unit", of: unit } as const);
  one.grants.push({
    column: "role",
    person,
    role: values.role as Role,
    scope,
    from,
    to: values.until || null,
    purpose: null,
  });
}

function listPastFaults(one: Judged, column: string, { today }: StockFacts): void {
  const day = one.line.values[column] ?? "";
  if (day > today) fault(one, column, refuse("import.day-to-come", { day }));
}

function judgeContainer(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  const name = needName(one);
  const same = facts.containers.find((container) => foldKey(container.name.zh) === foldKey(name.zh));
  if (same) {
    one.known = same.containerId;
    return;
  }
  const wanted = readLocks(values.locks ?? "");
  if (wanted === null) fault(one, "locks", refuse("import.locks-not-readable", {}));
  const locks = (wanted ?? []).map(({ kind, label, holder }) => ({
    kind,
    label,
    holder: holder === "" ? null : refer(one, "locks", index.find("people", holder)),
  }));
  const holders = locks.map(({ holder }) => (holder ? idOf(holder) : null));
  for (const [at, holder] of holders.entries())
    fault(one, "locks", ...decideLockHolder(holder, holders.toSpliced(at, 1)));
  one.items.push({
    ...{
      kind: "container",
      key: one.key ?? "",
      of: values.kind as ContainerKind,
      name,
      address: values.place ?? "",
      camera: values.camera ?? "",
    },
    ...{ insideMonitoring: values.monitored === "yes", goodForImportant: values.important === "yes", locks },
  });
}

/** Most characters of a seal's number. */
const mostNumber = 40;
const idOf = (ref: StockRef): string => ("known" in ref ? ref.known : ref.line);

function judgeSeal(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  const name = needName(one);
  const number = values.number ?? "";
  if (number.length > mostNumber) fault(one, "number", refuse("import.too-long", { most: mostNumber }));
  const type = values.kind as SealType;
  const same = facts.seals.find(
    (seal) => seal.entityId === facts.entity.entityId && foldKey(seal.number) === foldKey(number),
  );
  if (same) {
    one.known = same.sealId;
    if (values.kind && same.type !== type) fault(one, "number", refuse("seal.number-taken", { number }, "C10"));
    return;
  }
  const unit = values.unit ? refer(one, "unit", index.find("units", values.unit)) : null;
  const people = (["custodian", "deputy"] as const).flatMap((column) => {
    const text = values[column] ?? "";
    const ref = text === "" ? null : refer(one, column, index.find("people", text));
    return ref === null ? [] : [{ column, ref }];
  });
  if (people.length === 2 && people[0] && people[1] && idOf(people[0].ref) === idOf(people[1].ref))
    fault(one, "deputy", refuse("seal.custodian-twice", {}, "C12"));
  listPastFaults(one, "engravedOn", facts);
  const [widthMm, heightMm] = [Number(values.width ?? 0), Number(values.height || values.width || 0)];
  const shape = values.shape as SealShape;
  if (values.shape && values.width) fault(one, "width", ...listShapeRefusals(shape, widthMm, heightMm));
  const container = values.container ? refer(one, "container", index.find("containers", values.container)) : null;
  if (container !== null && values.kind)
    fault(
      one,
      "container",
      ...listContainerRefusals(
        factsOfContainer(container, index, facts),
        { important: facts.important[type], kind: facts.kindRules[type] },
        facts.profile,
      ),
    );
  const specimens = judgeSpecimens(one, facts, { shape, widthMm, heightMm });
  for (const { column, ref } of people)
    one.grants.push({
      column,
      person: ref,
      role: "custodian",
      scope: { kind: "seal", of: { line: one.key ?? "" } },
      from: facts.today,
      to: null,
      purpose: null,
    });
  one.items.push({
    ...{
      kind: "seal",
      key: one.key ?? "",
      number,
      name,
      type,
      unit,
      material: values.material ?? "",
      shape,
      widthMm,
      heightMm,
    },
    ...{
      engravedOn: values.engravedOn || null,
      filing: values.filing ?? "",
      custodians: people.map(({ ref }) => ref),
      container,
    },
    ...{ state: (values.state || "in-use") as OpeningState, specimens, remark: values.remark ?? "" },
  });
}

function factsOfContainer(ref: StockRef, index: Index, facts: StockFacts): ContainerFacts {
  if ("known" in ref) {
    const there = facts.containers.find((one) => one.containerId === ref.known);
    return {
      kind: there?.kind ?? "cabinet",
      goodForImportant: there?.goodForImportant ?? false,
      insideMonitoring: there?.insideMonitoring ?? false,
      lockHolders: there?.lockHolders ?? [],
    };
  }
  const line = index.byKey.get(ref.line)?.[0]?.line.values ?? {};
  const lockHolders = (readLocks(line.locks ?? "") ?? []).map(({ holder }) => (holder === "" ? null : foldKey(holder)));
  return {
    kind: line.kind as ContainerKind,
    ...{ goodForImportant: line.important === "yes", insideMonitoring: line.monitored === "yes", lockHolders },
  };
}

/** For each piece its picture, by the name of the file; one that shows something of other sides is none of this seal. */
function judgeSpecimens(
  one: Judged,
  facts: StockFacts,
  face: { shape: SealShape; widthMm: number; heightMm: number },
): (string | null)[] {
  const { values } = one.line;
  const pieces = Number(values.pieces || 1);
  const names = splitList(values.specimen ?? "");
  if (names.length > pieces)
    fault(one, "specimen", refuse("import.more-pictures", { pictures: names.length, pieces }, "C23"));
  const found = names.map((name) => {
    const pictures = facts.pictures.filter((picture) => foldKey(picture.name) === foldKey(name));
    const [picture] = pictures;
    if (picture === undefined) {
      fault(one, "specimen", refuse("import.picture-missing", { name }, "C23"));
      return null;
    }
    if (pictures.length > 1) fault(one, "specimen", refuse("import.picture-twice", { name }, "C23"));
    // Its scale is counted from the width the sheet gives: then its height has to fit.
    const perPx = face.widthMm / picture.inkWidthPx;
    const impression = { widthMm: face.widthMm, heightMm: picture.inkHeightPx * perPx };
    const wrong =
      face.widthMm > 0 &&
      (listSpecimenRefusals({ ...face, round: face.shape === "circle" }, impression).length > 0 ||
        Math.abs(impression.heightMm / face.heightMm - 1) > mostSkew);
    if (wrong) fault(one, "specimen", refuse("import.picture-of-other-sides", { name }, "C23"));
    return picture.pictureId;
  });
  return Array.from({ length: pieces }, (_, at) => found[at] ?? null);
}
/** An impression pressed askew, or with more ink on one side, still is the seal's. */
const mostSkew = 0.3;

function judgeAuthorisation(one: Judged, index: Index, facts: StockFacts): void {
  const { values } = one.line;
  if (values.until && values.until < facts.today)
    fault(one, "until", refuse("grant.already-past", { to: values.until }));
  const person = values.person ? refer(one, "person", index.find("people", values.person)) : null;
  const seal = values.seal ? refer(one, "seal", index.find("seals", values.seal)) : null;
  if (person === null || seal === null || !values.until) return;
  const role = (values.role || "signatory") as Role;
  one.grants.push({
    column: "role",
    person,
    role,
    scope: { kind: "seal", of: seal },
    from: facts.today,
    to: values.until,
    purpose: values.purpose ?? null,
  });
}

/** Units that stand above one another in a ring: every line of the ring is told. */
function findRings(judged: readonly Judged[]): void {
  const units = new Map(
    judged.flatMap((one) => (one.line.kind === "units" && one.key !== null ? [[one.key, one] as const] : [])),
  );
  const parentOf = (one: Judged): string | null => {
    const item = one.items.find((made) => made.kind === "unit");
    return item?.kind === "unit" && item.parent && "line" in item.parent ? item.parent.line : null;
  };
  for (const one of units.values()) {
    const seen = new Set<string>();
    let at: Judged | undefined = one;
    for (;;) {
      const above: string | null = at ? parentOf(at) : null;
      if (above === null || seen.has(above)) break;
      seen.add(above);
      if (above === one.key) {
        fault(one, "parent", refuse("import.units-circular", {}));
        break;
      }
      at = units.get(above);
    }
  }
}

/** A line that rests on one with an error is told so, until nothing more follows from it. */
function tellResting(judged: readonly Judged[]): void {
  const byKey = Map.groupBy(judged, ({ key }) => key ?? "");
  for (let changed = true; changed; ) {
    changed = false;
    for (const one of judged) {
      if (one.faults.length > 0) continue;
      const broken = one.rests.flatMap((key) => byKey.get(key) ?? []).filter((other) => other.faults.length > 0);
      if (broken.length === 0) continue;
      fault(one, null, refuse("import.rests-on-error", { rows: rowsOf(broken, one.line) }));
      changed = true;
    }
  }
}
