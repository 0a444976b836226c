import { foldHead, type SealShape, type SheetColumn, yesNoNames } from "./opening-stock-sheets.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { foldText } from "./register.ts";

/** Most characters of a cell that is kept. */
const mostText = 200;

/** A cell as it is kept: blanks of any kind are one blank, none at the ends. */
export const cleanCell = (text: string): string => text.replace(/[\s\u00a0\u3000]+/gu, " ").trim();

/** How people, units, numbers and containers are compared: full-width digits and capitals make nothing another thing. */
export const foldKey = (text: string): string => foldText(cleanCell(text)).replace(/\s+/g, " ");

/** `2024-03-01`, `2024/3/1`, `2024.3.1`, `2024年3月1日`, or the number a sheet keeps a day as; null for what is no day. */
export function readDay(text: string): string | null {
  const plain = cleanCell(text).normalize("NFKC");
  if (/^\d{5}(?:\.0+)?$/.test(plain)) {
    const days = Math.trunc(Number(plain));
    // Days since 30 December 1899: what spreadsheets count in. Only from 1954 to 2118, else it is some other number.
    if (days < 20_000 || days > 80_000) return null;
    return Temporal.PlainDate.from("1899-12-30").add({ days }).toString();
  }
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.000)?)?Z?)?$/.exec(plain) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/.exec(plain);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1900) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}

const readWord = (column: SheetColumn, text: string): string | null => {
  const wanted = foldHead(text);
  const words = Object.entries(column.words ?? {});
  return (
    words.find(([code, { en, zh }]) => [code, en, zh].some((word) => foldHead(word) === wanted))?.[0] ??
    // A name of two, as 分支机构章、项目部章, is known by either.
    words.find(([, { zh }]) => zh.split("、").some((word) => foldHead(word) === wanted))?.[0] ??
    null
  );
};

const yes = ["y", "true", "1", "√", "有"];
const no = ["n", "false", "0", "×", "无"];

export const splitList = (text: string): string[] =>
  text
    .split(/[;；,，、\n]/u)
    .map(cleanCell)
    .filter((part) => part !== "");

export type CellAnswer =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: Refusal };

/** What a cell says in its column, as the code, day or number it stands for; empty where nothing stands there. */
export function readCell(column: SheetColumn, raw: string): CellAnswer {
  const text = cleanCell(raw);
  const bad = (refusal: Refusal): CellAnswer => ({ ok: false, refusal });
  if (text === "") return column.needed ? bad(refuse("import.cell-missing", {})) : { ok: true, value: "" };
  // A formula is never worked out: what it would say is nobody's word.
  if (text.startsWith("=")) return bad(refuse("import.formula", {}));
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(text)) return bad(refuse("import.unfit-characters", {}));
  if (text.length > mostText) return bad(refuse("import.too-long", { most: mostText }));
  switch (column.form) {
    case "text":
      return { ok: true, value: text };
    case "day": {
      const day = readDay(text);
      return day === null ? bad(refuse("import.no-day", { text })) : { ok: true, value: day };
    }
    case "count":
    case "mm": {
      const plain = text.normalize("NFKC").replace(/\s*(?:mm|毫米|枚|个)$/iu, "");
      const number = Number(plain);
      const fits =
        column.form === "count" ? Number.isInteger(number) && number >= 1 && number <= 9 : number >= 5 && number <= 100;
      if (!/^\d+(?:\.\d+)?$/.test(plain) || !fits)
        return bad(refuse(column.form === "count" ? "import.no-count" : "import.no-size", { text }));
      return { ok: true, value: String(number) };
    }
    case "yes-no": {
      const folded = foldHead(text);
      const word =
        readWord({ ...column, words: yesNoNames }, text) ??
        (yes.includes(folded) ? "yes" : no.includes(folded) ? "no" : null);
      return word === null ? bad(refuse("import.word-unknown", { text })) : { ok: true, value: word };
    }
    case "word": {
      const word = readWord(column, text);
      return word === null ? bad(refuse("import.word-unknown", { text })) : { ok: true, value: word };
    }
    case "words": {
      const words = splitList(text).map((part) => ({ part, word: readWord(column, part) }));
      const unknown = words.find((one) => one.word === null);
      if (unknown) return bad(refuse("import.word-unknown", { text: unknown.part }));
      return { ok: true, value: [...new Set(words.map((one) => one.word))].join(" ") };
    }
  }
}

/** Why a face of these sides is none of its shape. */
export function listShapeRefusals(shape: SealShape, widthMm: number, heightMm: number): Refusal[] {
  const even = shape === "circle" || shape === "square";
  const wrong = even
    ? widthMm !== heightMm
    : shape === "oval"
      ? heightMm > widthMm || widthMm > 2 * heightMm
      : Math.max(widthMm / heightMm, heightMm / widthMm) > 5;
  return wrong ? [refuse("import.shape-and-size", { widthMm, heightMm })] : [];
}

/** A lock as a cell names it: `key A-1 = zhang.wei`. */
export interface LockWanted {
  readonly kind: "key" | "code";
  readonly label: string;
  /** As it was written; empty where nobody is named. */
  readonly holder: string;
}

/** The locks of a cell; null where one of them cannot be read. */
export function readLocks(text: string): LockWanted[] | null {
  const locks = text
    .split(/[;；\n]/u)
    .map(cleanCell)
    .filter((part) => part !== "")
    .map((part): LockWanted | null => {
      const found = /^(key|code|钥匙|密码)\s*[:：]?\s*([^=＝]{1,60}?)\s*(?:[=＝]\s*(.*))?$/iu.exec(part);
      const [, kind = "", label = "", holder = ""] = found ?? [];
      if (!found) return null;
      return {
        kind: /^(?:key|钥匙)$/i.test(kind) ? "key" : "code",
        label: cleanCell(label),
        holder: cleanCell(holder),
      };
    });
  return locks.includes(null) ? null : locks.flatMap((lock) => lock ?? []);
}
