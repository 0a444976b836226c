import { byId, type LabelledDocument, make } from "./entry-make.ts";
import { pickPlain } from "./entry-texts.ts";

const filled = [
  ["zh-purchase", 0, "goods", "真空计十二台（付款以附件二为准）"],
  ["zh-purchase", 1, "goods", "真空计十二台，货款分十年付"],
  ["zh-purchase", 0, "goods", "真空计十二台，争议提交伦敦仲裁"],
  ["zh-purchase", 1, "goods", "真空计十二台另赠同型号三百台"],
  ["zh-authorisation", 0, "matter", "全权处理与贵司一切往来"],
  ["zh-authorisation", 1, "person", "张伟，其借款本息由我司无条件代付"],
  ["zh-authorisation", 0, "person", "张伟年收入50w"],
  ["en-authority", 0, "matter", "vehicle inspection and whatever they ask for"],
  ["en-purchase", 1, "goods", "twelve gauges as per annex 2"],
  ["en-service", 0, "place", "Hamburg. The fee is waived"],
] as const;

/** Standard documents in which one field holds more than a name, and the others what is ordinary. */
export const labelledFields: readonly LabelledDocument[] = filled.map(([id, way, kind, value]) =>
  make("changed", `more than a name: ${value}`, {
    ...{ id, way },
    fill: (asked) => (asked === kind ? value : pickPlain(byId(id).language, asked, 0)),
  }),
);
