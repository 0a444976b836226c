import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { rulesQuery, versionQuery } from "./queries.ts";
import { mayBeWritten } from "./shown.ts";
import { VersionView } from "./version-view.tsx";
import "./rules.css";
import { PageFault } from "../../parts/page-fault.tsx";

/** One version of the rules: a draft to whoever may write it now, anything else to be read. */
export function VersionPage(): ReactElement {
  const { versionId = "" }: { versionId?: string } = useParams({ strict: false });
  const rules = useQuery(rulesQuery);
  const version = useQuery(versionQuery(versionId));
  // The editor keeps what is typed; only who asks for it gets what was saved elsewhere in its place.
  const [loads, setLoads] = useState(0);
  const error = rules.error ?? version.error;
  if (error && !(rules.data && version.data))
    return <PageFault error={error} onRetry={() => void Promise.all([rules.refetch(), version.refetch()])} />;
  if (!rules.data || !version.data) return <PageSkeleton />;
  if (!rules.data.mayWrite || !mayBeWritten(version.data.version))
    return <VersionView data={rules.data} detail={version.data} />;
  return (
    <DraftEditor
      key={`${versionId} ${loads}`}
      data={rules.data}
      detail={version.data}
      onReload={async () => {
        await version.refetch();
        setLoads((before) => before + 1);
      }}
    />
  );
}
