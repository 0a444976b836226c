import { isSeveral, nameField } from "@chancery/domain";
import type { z } from "zod";
import type { BothTexts } from "./problems.ts";

/** A place of the input that does not fit, and why. */
export interface UnfitField {
  readonly path: string;
  readonly message: string;
  /** The same in Chinese. */
  readonly zh: string;
}

const unfit = { message: "does not fit", zh: "不符合要求" };
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/** The field and what is wrong with it, in both languages: a person reads it beside what he typed. */
export function describeIssue(issue: z.core.$ZodIssue, path: string): UnfitField {
  return { path, ...sayIssue(issue) };
}

function sayIssue(issue: z.core.$ZodIssue): { message: string; zh: string } {
  switch (issue.code) {
    case "invalid_type":
      return isEmpty(issue.input) ? { message: "is missing", zh: "未填写" } : unfit;
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
      return { message: `has what nobody asked for: ${issue.keys.slice(0, 5).join(", ")}`, zh: "有多余的部分" };
    case "custom":
      return { message: issue.message, zh: typeof issue.params?.zh === "string" ? issue.params.zh : unfit.zh };
    default:
      return unfit;
  }
}

const OF_SEVERAL: Readonly<Record<string, string>> = { is: "are", has: "have", was: "were", needs: "need", does: "do" };

/** What is wrong with a field, as part of a sentence: the verb agrees with what the field is called. */
function sayField(name: string, message: string): string {
  const [verb = ""] = message.split(" ", 1);
  const several = isSeveral(name) ? OF_SEVERAL[verb] : undefined;
  return `${name} ${several === undefined ? message : several + message.slice(verb.length)}`;
}

/** All of it as one sentence. */
export function describeFields(fields: readonly UnfitField[]): BothTexts {
  return {
    en: `The input does not fit: ${fields.map((field) => sayField(nameField(field.path).en, field.message)).join("; ")}.`,
    zh: `输入不符合要求：${fields.map((field) => `${nameField(field.path).zh}${field.zh}`).join("；")}。`,
  };
}
