import type { RequestDetail } from "./queries.ts";

type State = RequestDetail["state"];
export type JointStage =
  | "waitsAgreement"
  | "agreed"
  | "waitsSeal"
  | "otherSealed"
  | "done"
  | "ended"
  | "back"
  | "over"
  | "draft";

const agreed: readonly State[] = ["authorised", "opened", "closed", "registered"];
const sealed: readonly State[] = ["closed", "registered"];

/** How far a joint request is, as this side sees it. */
export function findJointStage(
  own: State,
  other: { readonly state: State; readonly number: string | null; readonly bothSealed: boolean },
): JointStage {
  if (other.bothSealed) return "done";
  if (own === "rejected" || own === "cancelled" || own === "expired") return "over";
  if (sealed.includes(own)) return sealed.includes(other.state) ? "ended" : "waitsSeal";
  if (own === "draft" && other.number === null) return "draft";
  if (own === "draft" || own === "returned" || own === "withdrawn") return "back";
  if (sealed.includes(other.state)) return "otherSealed";
  return agreed.includes(own) && agreed.includes(other.state) ? "agreed" : "waitsAgreement";
}
