import type { z } from "zod";
import type { BothTexts } from "./problems.ts";

/** A place of the input that does not fit, and why. */
export interface UnfitField {
  readonly path: string;
  readonly message: string;
  /** The same in Chinese; without it the message is said as it is. */
  readonly zh?: string;
}

/** What fields are called that people fill in or choose; any other is shown by its path. */
const names: Readonly<Record<string, BothTexts>> = {
  bodyId: { en: "the piece or key", zh: "印章实体" },
  bodyIds: { en: "the pieces", zh: "印章实体" },
  sealId: { en: "the seal", zh: "印章" },
  sealIds: { en: "the seals", zh: "印章" },
  unitId: { en: "the unit", zh: "部门" },
  personId: { en: "the person", zh: "人员" },
  containerId: { en: "the container", zh: "存放处" },
  transferorId: { en: "the transferor", zh: "移交人" },
  receiverId: { en: "the receiver", zh: "接收人" },
  deputyId: { en: "the deputy", zh: "代管人" },
  witnessId: { en: "the witness", zh: "见证人" },
  executorId: { en: "the executor", zh: "执行人" },
  executors: { en: "the executors", zh: "执行人" },
  holderId: { en: "the holder", zh: "持有人" },
  keeperIds: { en: "the keepers", zh: "保管人" },
  checkerId: { en: "the checker", zh: "查验人" },
  tag: { en: "the number of the tag", zh: "封签编号" },
  filingNumber: { en: "the filing number", zh: "备案号" },
  from: { en: "the first day", zh: "起始日" },
  to: { en: "the last day", zh: "截止日" },
  dueAt: { en: "the due time", zh: "归还期限" },
  effectiveOn: { en: "the effective day", zh: "生效日" },
  days: { en: "the days", zh: "日期" },
  title: { en: "the title", zh: "标题" },
  reason: { en: "the reason", zh: "原因" },
  place: { en: "the place", zh: "地点" },
  login: { en: "the sign-in name", zh: "登录名" },
  password: { en: "the password", zh: "密码" },
  comment: { en: "the comment", zh: "意见" },
  numbers: { en: "the numbers", zh: "编号" },
};

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/** The field and what is wrong with it, in both languages: a person reads it beside what he typed. */
export function describeIssue(issue: z.core.$ZodIssue, path: string): UnfitField {
  return { path, ...sayIssue(issue) };
}

function sayIssue(issue: z.core.$ZodIssue): { message: string; zh: string } {
  switch (issue.code) {
    case "invalid_type":
      return isEmpty(issue.input)
        ? { message: "is missing", zh: "未填写" }
        : { message: "does not fit", zh: "不符合要求" };
    case "invalid_format":
      return isEmpty(issue.input)
        ? { message: "is missing", zh: "未填写" }
        : { message: "is not written as it has to be", zh: "格式不正确" };
    case "too_small":
      if (issue.origin === "array" || issue.origin === "set")
        return { message: `needs at least ${issue.minimum}`, zh: `至少需要 ${issue.minimum} 项` };
      if (issue.origin === "string")
        return Number(issue.minimum) <= 1
          ? { message: "is missing", zh: "未填写" }
          : { message: `needs at least ${issue.minimum} characters`, zh: `至少需要 ${issue.minimum} 个字符` };
      return { message: `is less than ${issue.minimum}`, zh: `小于 ${issue.minimum}` };
    case "too_big":
      if (issue.origin === "array" || issue.origin === "set")
        return { message: `has more than ${issue.maximum}`, zh: `多于 ${issue.maximum} 项` };
      if (issue.origin === "string")
        return { message: `is longer than ${issue.maximum} characters`, zh: `超过 ${issue.maximum} 个字符` };
      return { message: `is more than ${issue.maximum}`, zh: `大于 ${issue.maximum}` };
    case "invalid_value":
      return { message: "is none of the values there are", zh: "不在可选范围内" };
    case "unrecognized_keys":
      return { message: `has what nobody asked for: ${issue.keys.slice(0, 5).join(", ")}`, zh: "含有多余的内容" };
    case "custom":
      return { message: issue.message, zh: issue.message };
    default:
      return { message: "does not fit", zh: "不符合要求" };
  }
}

/** All of it as one sentence. */
export function describeFields(fields: readonly UnfitField[]): BothTexts {
  const nameOf = (path: string, language: keyof BothTexts): string => {
    const last = path.split(".").findLast((part) => !/^\d+$/.test(part)) ?? "";
    return Object.hasOwn(names, last)
      ? (names[last]?.[language] ?? path)
      : path || (language === "en" ? "body" : "内容");
  };
  return {
    en: `The input does not fit: ${fields.map((field) => `${nameOf(field.path, "en")} ${field.message}`).join("; ")}.`,
    zh: `输入不符合要求：${fields.map((field) => `${nameOf(field.path, "zh")}${field.zh ?? ` ${field.message}`}`).join("；")}。`,
  };
}
