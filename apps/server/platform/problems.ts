import type { RefusalView } from "@chancery/api";
import { listRolesWith, type Permission, type Role, roleNames } from "@chancery/domain";
import type { z } from "zod";
import { describeFields, type UnfitField } from "./input-words.ts";

export type RefusalOut = z.output<typeof RefusalView>;
export interface BothTexts {
  en: string;
  zh: string;
}

/**
 * What a caller did that cannot be done: an answer of RFC 9457 with a stable code. It is thrown by routes and services
 * so that a transaction under way is rolled back; anything else that is thrown is a fault of ours.
 */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly sentence: BothTexts;
  readonly refusals: RefusalOut[];
  readonly fields: { path: string; message: string }[];
  constructor(
    status: number,
    code: string,
    sentence: BothTexts,
    more: { refusals?: RefusalOut[]; fields?: { path: string; message: string }[] } = {},
  ) {
    super(sentence.en);
    this.name = "ProblemError";
    this.status = status;
    this.code = code;
    this.sentence = sentence;
    this.refusals = more.refusals ?? [];
    this.fields = more.fields ?? [];
  }
}

/** The problems that more than one feature answers with; a feature's own stand in its folder. */
export const problems = {
  notFound: (): ProblemError =>
    new ProblemError(404, "subject.not-found", {
      en: "There is nothing here that you may see.",
      zh: "这里没有您可以查看的内容。",
    }),
  signInNeeded: (): ProblemError =>
    new ProblemError(401, "session.missing", {
      en: "You are not signed in, or the session has ended. Sign in and try again.",
      zh: "您尚未登录，或会话已结束。请登录后重试。",
    }),
  /** By the permission that is missing, or by the roles that may do it. */
  notPermitted: (wanted: Permission | readonly Role[]): ProblemError => {
    const roles = typeof wanted === "string" ? listRolesWith(wanted) : wanted;
    const names = (language: keyof BothTexts, between: string): string =>
      roles.map((role) => roleNames[role][language]).join(between);
    return new ProblemError(403, "permission.missing", {
      en: `Your roles do not allow this${roles.length > 0 ? `; it is for: ${names("en", ", ")}` : ""}. Ask the seal administrator who may do it.`,
      zh: `您的角色不允许此操作${roles.length > 0 ? `，须由以下角色办理：${names("zh", "、")}` : ""}。请向印章管理员询问谁可以办理。`,
    });
  },
  crossSite: (): ProblemError =>
    new ProblemError(403, "session.cross-site", {
      en: "This call did not come from this site's own pages. Reload the page and try again.",
      zh: "该请求不是由本站页面发出的。请刷新页面后重试。",
    }),
  changedMeanwhile: (): ProblemError =>
    new ProblemError(409, "subject.changed-meanwhile", {
      en: "Somebody changed this in the meantime. Reload the page; what you see then is current.",
      zh: "其间已有人更改。请刷新页面查看最新内容。",
    }),
  databaseGone: (): ProblemError =>
    new ProblemError(503, "database.unreachable", {
      en: "The database does not answer at the moment. Nothing was lost; try again shortly. If it stays so, start the server again.",
      zh: "数据库暂时没有应答。数据没有丢失，请稍后重试。如仍不恢复，请重新启动服务器。",
    }),
  tooLarge: (): ProblemError =>
    new ProblemError(413, "input.too-large", {
      en: "This is larger than the server takes. Nothing was stored; make it smaller, or send it in parts.",
      zh: "内容超过服务器允许的大小，未予保存。请缩减内容，或分几次提交。",
    }),
  refused: (refusals: RefusalOut[]): ProblemError => {
    const first = refusals[0];
    return new ProblemError(
      409,
      first?.code ?? "rule.refused",
      first?.sentence ?? { en: "A rule refuses this.", zh: "规则不允许此操作。" },
      { refusals },
    );
  },
  inputInvalid: (fields: readonly UnfitField[]): ProblemError =>
    new ProblemError(400, "input.incomplete", describeFields(fields), {
      fields: fields.map(({ path, message }) => ({ path, message })),
    }),
};
