import { containerKindNames } from "./custody-place.ts";
import type { StockItem } from "./opening-stock.ts";
import { sealShapeNames } from "./opening-stock-sheets.ts";
import { type LocalName, roleNames, sealTypeDefaults } from "./vocabulary.ts";

/** What a line makes, as it is said in its preview. */
export function tellStockItem(item: StockItem): LocalName {
  switch (item.kind) {
    case "unit":
      return { en: "a unit", zh: "部门" };
    case "person":
      return { en: "a person, to be invited", zh: "人员（待邀请）" };
    case "grant": {
      const { en, zh } = roleNames[item.role];
      const reach = {
        entity: { en: "over the whole entity", zh: "全单位" },
        unit: { en: "of a unit", zh: "部门" },
        seal: { en: "of a seal", zh: "单枚印章" },
      }[item.scope.kind];
      const until = item.to === null ? { en: "", zh: "" } : { en: ` until ${item.to}`, zh: `，至 ${item.to}` };
      return { en: `the role ${en} ${reach.en}${until.en}`, zh: `角色${zh}（${reach.zh}${until.zh}）` };
    }
    case "container": {
      const { en, zh } = containerKindNames[item.of];
      const locks = item.locks.length;
      return { en: `a container: ${en.toLowerCase()}, locks: ${locks}`, zh: `容器：${zh}，锁 ${locks} 把` };
    }
    case "seal": {
      const { en, zh } = sealTypeDefaults[item.type].name;
      const size = `${item.widthMm} × ${item.heightMm} mm`;
      const pieces = item.specimens.length;
      const kept = item.specimens.filter((one) => one !== null).length;
      return {
        en: `a seal: ${en.toLowerCase()}, ${sealShapeNames[item.shape].en} ${size}, pieces: ${pieces}, specimens: ${kept}; to be confirmed`,
        zh: `印章：${zh}，${sealShapeNames[item.shape].zh} ${size}，实物 ${pieces} 枚，印模 ${kept} 张；待确认`,
      };
    }
  }
}
