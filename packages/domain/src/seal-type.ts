import { type Refusal, refuse } from "./refusal.ts";
import { type SealType, sealTypeDefaults } from "./vocabulary.ts";

/**
 * Why a kind of seal may not be changed this way: what binds the company most is important by the rules (C22), and no
 * organisation makes it ordinary. Any other kind may be made important, and ordinary again.
 */
export function listTypeRefusals(wanted: { readonly type: SealType; readonly important: boolean }): Refusal[] {
  const stays = sealTypeDefaults[wanted.type].important && !wanted.important;
  return stays ? [refuse("seal-type.important-stays", { sealType: wanted.type }, "C22")] : [];
}
