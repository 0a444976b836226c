import type { Environment } from "./environment.ts";

/**
 * Removes stored bytes that nothing refers to. Bytes are kept once by their digest, so that somebody who hands in what
 * is there already and is refused would else take it from whoever has it: a file of the records, or a register's export.
 */
export async function forgetFile(env: Environment, digest: string): Promise<boolean> {
  const known = await env.db
    .selectFrom("files")
    .select("digest")
    .where("digest", "=", digest)
    .unionAll(
      env.db
        .selectFrom("register_exports")
        .select("digest")
        .where("digest", "=", digest)
        .where("state", "=", "ready")
        .$narrowType<{ digest: string }>(),
    )
    .executeTakeFirst();
  if (known) return false;
  await env.files.remove(digest);
  return true;
}
