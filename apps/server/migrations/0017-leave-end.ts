import { type Kysely, sql } from "kysely";

/**
 * Somebody who comes back from leave says so himself: nobody decides whether he is there, so that the matter has no step.
 * It changes who is asked, and no seal.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create or replace function matter_is_decided() returns trigger language plpgsql as $$
begin
  if (new.matter_id, new.kind, new.asked_by, new.created_at) is distinct from (old.matter_id, old.kind, old.asked_by, old.created_at)
  then perform guard_refuse('a matter stays with its kind and with who asked'); end if;
  if old.number is not null and new.entity_id <> old.entity_id then perform guard_refuse('a matter with a number stays with its entity'); end if;
  if old.state not in ('draft', 'returned', 'withdrawn') and ((new.data, new.reason, new.title, new.entity_id, new.unit_id, new.person_id, new.effective_on, new.digest, new.round)
       is distinct from (old.data, old.reason, old.title, old.entity_id, old.unit_id, old.person_id, old.effective_on, old.digest, old.round)
     or (old.seal_id is not null and new.seal_id is distinct from old.seal_id))
  then perform guard_refuse('what was asked for changes while it is edited alone'); end if;
  if new.state = old.state then return new; end if;
  if old.state in ('done', 'rejected', 'cancelled') then perform guard_refuse('a matter that is over stays as it is'); end if;
  if new.state = 'done' and old.state <> 'approved' then perform guard_refuse('a matter is carried out when it was approved'); end if;
  if new.state = 'approved' and (old.state <> 'in-review'
     or exists (select from matter_steps where matter_id = new.matter_id and round = new.round and (state <> 'approved' or decided_by is null))
     or new.kind not in ('short-handover', 'short-return', 'take-out-return', 'receive-piece', 'file-seal', 'keep-specimen', 'surrender', 'seal-up', 'leave-end')
        and not exists (select from matter_steps where matter_id = new.matter_id and round = new.round))
  then perform guard_refuse('a matter is approved when all its steps are'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
