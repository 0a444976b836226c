import type { Environment } from "../../../platform/environment.ts";
import type { PersonKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";

/** A class of the organisation's own: leases are contracts that the contract seal alone stands on, and a notary wants on paper. */
export async function addSampleClass(
  env: Environment,
  people: Readonly<Partial<Record<PersonKey, string>>>,
  entityId: string,
): Promise<void> {
  const at = { env, entityId };
  const matterId = await ask(at, "document-class", people.gao ?? "", {
    sealId: null,
    title: "新增文件类别：租赁合同 · New class of documents: Lease",
    reason: "Leases are registered with an office that takes paper. · 租赁合同须向主管部门备案，备案只收纸质文本。",
    data: {
      ...{ classId: null, base: "contract", version: 0, name: { en: "Lease", zh: "租赁合同" } },
      ...{ makesRights: true, external: true, electronic: "possible" },
      electronicReason: { en: "The office that registers leases takes paper", zh: "租赁备案只收纸质文本" },
      ...{ sealKinds: ["contract"], words: ["租赁合同", "lease agreement"], retired: false },
    },
  });
  await approve(at, matterId);
  await approve(at, matterId);
}
