import type { GrantScope } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { createWalkingClock } from "../../../platform/clock.ts";
import { transact } from "../../../platform/db.ts";
import type { Environment } from "../../../platform/environment.ts";
import type { Platform } from "../../handlers.ts";
import { acceptInSample } from "../../identity/invitations.ts";
import { recordEvent } from "../../ledger/record-event.ts";
import { confirmAccountChange } from "../../organisation/account-changes.ts";
import { giveGrant } from "../../organisation/grants.ts";
import { addEntity, addUnit, askForPerson } from "../../organisation/people-service.ts";
import { setUp } from "../set-up.ts";
import { makeSampleCustody, placeSamplePieces } from "./custody.ts";
import { makeSampleRequests } from "./make-requests.ts";
import { addSampleClass } from "./sample-classes.ts";
import { enrolSampleControllers } from "./sample-controllers.ts";
import {
  type EntityKey,
  type PersonKey,
  type SealKey,
  sampleEntities,
  sampleOrganisation,
  samplePeople,
  sampleSeals,
  sampleUnits,
  type UnitKey,
} from "./sample-crew.ts";
import { planSampleRoster } from "./sample-emergency.ts";
import { makeSampleForms } from "./sample-forms.ts";
import { lodgeSampleCards, stopSampleSeal } from "./sample-lodgings.ts";
import { approve, ask } from "./sample-matters.ts";
import { planSampleChanges } from "./sample-organisation.ts";
import { sampleRequests } from "./sample-requests.ts";
import { confirmSamplePositions, nameHeadOfSales, publishSampleRuleBook } from "./sample-rule-book.ts";
import { changeSampleRules } from "./sample-rules.ts";
import { giveSampleSheets, settleSampleSheets } from "./sample-sheets.ts";
import { giveSampleStanding } from "./sample-standing.ts";
import { issueSampleDesks, makeSealsInEveryState, sampleDesks } from "./sample-states.ts";
import { registerSampleTemplates } from "./sample-templates.ts";
import { makeSampleTraining } from "./sample-training.ts";

const day = 24 * 60 * 60_000;
export const sampleSize: number =
  Object.keys(samplePeople).length + Object.keys(sampleSeals).length + sampleRequests.length + 2 + sampleDesks;

/**
 * Makes the sample organisation through the product's own commands, with a clock that walks from ninety days ago to
 * now. Once begun it is made in one go; what a killed process left half done stays empty of people to sign in as, and
 * the next start of the installation says so.
 */
export async function makeSample(live: Environment, platform: Platform, done: (count: number) => void): Promise<void> {
  const madeAt = live.clock.now();
  const begun = await live.db.selectFrom("entities").select("entity_id").executeTakeFirst();
  if (begun) throw new Error("the sample was begun before and not finished; start on an empty data folder");
  const clock = createWalkingClock(madeAt - 90 * day);
  const env: Environment = {
    db: live.db,
    files: live.files,
    masterKey: live.masterKey,
    origin: live.origin,
    logger: live.logger,
    clock,
    enqueue: async () => undefined,
  };
  let count = 0;
  const step = (): void => {
    count += 1;
    done(count);
    clock.walkTo(clock.now() + 20 * 60_000);
  };

  const { qin } = samplePeople;
  const people: Partial<Record<PersonKey, string>> = {};
  const administrator = await setUp(
    env,
    {
      profile: "strict",
      name: sampleOrganisation,
      entity: sampleEntities.lanxi,
      administrator: { name: qin.name, login: qin.login },
    },
    { kind: "sample" },
  );
  people.qin = administrator;
  step();
  const lanxi = await live.db
    .selectFrom("entities")
    .select("entity_id")
    .where("code", "=", sampleEntities.lanxi.code)
    .executeTakeFirstOrThrow();
  const works = await transact(env.db, (tx) => addEntity(tx, env, administrator, sampleEntities.works));
  const entities: Record<EntityKey, string> = { lanxi: lanxi.entity_id, works: works.entityId };
  const units: Partial<Record<UnitKey, string>> = {};
  for (const [key, unit] of Object.entries(sampleUnits) as [UnitKey, (typeof sampleUnits)[UnitKey]][]) {
    units[key] = (
      await addUnit(env, administrator, {
        entityId: entities[unit.entity],
        parentUnitId: unit.parent ? (units[unit.parent] ?? null) : null,
        name: unit.name,
      })
    ).unitId;
  }
  for (const [key, person] of Object.entries(samplePeople) as [PersonKey, (typeof samplePeople)[PersonKey]][]) {
    if (key === "qin") continue;
    const scopes = person.grants.map((grant): { role: typeof grant.role; scope: GrantScope } => ({
      role: grant.role,
      scope: grant.entity
        ? { kind: "entity", id: entities[grant.entity] }
        : { kind: "unit", id: units[grant.unit ?? "office"] ?? "" },
    }));
    const asked = await askForPerson(env, administrator, {
      name: person.name,
      login: person.login,
      guest: false,
      unitId: units[person.unit] ?? null,
      entityId: entities[sampleUnits[person.unit].entity],
      grants: scopes,
    });
    if (asked.accountChangeId) await confirmAccountChange(env, people.shen ?? "", asked.accountChangeId);
    await acceptInSample(env, asked.personId);
    people[key] = asked.personId;
    await confirmSamplePositions(env, [asked.personId]);
    step();
  }
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      actorId: people.gao ?? "",
      personId: administrator,
      role: "system-administrator",
      scope: { kind: "entity", id: entities.works },
    }),
  );
  await confirmSamplePositions(env, [administrator]);

  const seals: Partial<Record<SealKey, string>> = {};
  for (const [key, seal] of Object.entries(sampleSeals) as [SealKey, (typeof sampleSeals)[SealKey]][]) {
    const at = { env, entityId: entities[seal.entity] };
    const matterId = await ask(at, "engrave", people.gao ?? "", {
      ...{ sealId: null, unitId: seal.unit ? (units[seal.unit] ?? null) : null },
      title: `${seal.name.en} ${seal.number} · ${seal.name.zh} ${seal.number}`,
      reason: "Set up with the platform. · 平台启用时制作。",
      data: {
        ...{ type: seal.type, name: seal.name, number: seal.number, external: seal.external },
        face: {
          kind: "generated",
          spec: defaultFace(seal.type, sampleEntities[seal.entity].name.zh, {
            ...(seal.unitName ? { unitName: seal.unitName } : {}),
            ...(seal.code ? { code: seal.code } : {}),
          }),
        },
        ...{ physical: null, electronic: { keyAlgorithm: seal.keyAlgorithm, filing: false } },
        ...{ custodians: seal.custodians.map((one) => people[one] ?? ""), supervisor: null, certificateKeeper: null },
      },
    });
    await approve(at, matterId);
    // It goes in use once everybody named for it has confirmed his position.
    await confirmSamplePositions(env, Object.values(people));
    const made = await live.db
      .selectFrom("seals")
      .select(["seal_id as sealId", "state"])
      .where("matter_id", "=", matterId)
      .executeTakeFirstOrThrow();
    if (made.state !== "in-use") throw new Error(`the seal ${seal.number} of the sample is ${made.state}`);
    seals[key] = made.sealId;
    step();
  }
  await makeSampleTraining(env, people);
  await changeSampleRules(env, people, entities.lanxi);
  await addSampleClass(env, people, entities.lanxi);
  await registerSampleTemplates(env, people, entities.lanxi);
  const standingId = await giveSampleStanding(env, people, {
    entityId: entities.lanxi,
    sealId: seals.personnel ?? "",
  });
  await publishSampleRuleBook(env, people, entities.lanxi);
  const place = {
    ...{ env, people: people as Record<PersonKey, string>, seals: seals as Record<SealKey, string> },
    entityId: entities.lanxi,
  };
  const pieces = await placeSamplePieces(place, clock);
  await lodgeSampleCards(place);
  const desksInUse = await issueSampleDesks(place, step);
  let stopped = false;
  let sheets: { seriesId: string } | null = null;
  await makeSampleRequests(
    {
      env,
      walkTo: (at) => clock.walkTo(Math.max(at, clock.now())),
      madeAt,
      people: people as Record<PersonKey, string>,
      seals: seals as Record<SealKey, string>,
      sealing: { ...platform.sealing, reached: () => undefined },
      entityOf: Object.fromEntries(
        Object.entries(sampleSeals).map(([key, seal]) => [key, entities[seal.entity]]),
      ) as Record<SealKey, string>,
      standingId,
      units: units as Record<UnitKey, string>,
    },
    async (made) => {
      done(count + made);
      if (sheets === null && clock.now() >= madeAt - 12 * day) sheets = await giveSampleSheets(place);
      // Early enough that the days to fetch its card are over today.
      if (stopped || clock.now() < madeAt - 13 * day) return;
      stopped = true;
      await stopSampleSeal(place, pieces.customs ?? "");
    },
  );
  count += sampleRequests.length;
  const told = (): void => {
    count += 1;
    done(count);
  };
  await makeSampleCustody(place, pieces);
  told();
  await nameHeadOfSales(env, people, units.sales ?? "");
  await makeSampleForms(place);
  if (sheets) await settleSampleSheets(place, sheets);
  await planSampleRoster(place);
  told();
  await makeSealsInEveryState(place, desksInUse, told);
  await planSampleChanges(place, units);
  await enrolSampleControllers(place);
  await transact(env.db, async (tx) => {
    await recordEvent(tx, env, {
      type: "SampleMade",
      actorId: null,
      facts: { people: Object.keys(people).length, seals: Object.keys(seals).length, requests: sampleRequests.length },
    });
    await tx.updateTable("installation").set({ state: "sample" }).execute();
  });
  await platform.ledger.drain();
}
