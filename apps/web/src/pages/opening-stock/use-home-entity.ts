import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../session.ts";
import { organisationQuery } from "../organisation/queries.ts";

/** The entity that is brought in for: the reader's own at first, and whichever he then chooses of those he serves. */
export function useHomeEntity(): readonly [entityId: string, choose: (entityId: string) => void] {
  const { entities, unit } = useSession();
  const { data } = useQuery(organisationQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const home = data?.units.find((one) => one.unitId === unit?.unitId)?.entityId;
  const first = entities.find((entity) => entity.entityId === home) ?? entities[0];
  return [chosen ?? first?.entityId ?? "", setChosen];
}
