import PrinterOutlined from "@ant-design/icons/PrinterOutlined";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { formatBytes, formatCount } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { type Export, exportAddress, exportsQuery, type RegisterName } from "./queries.ts";
import type { Making } from "./use-making.ts";

const FORMATS = ["book", "xlsx", "csv"] as const;

/** What can be made of the lines shown. */
export function ExportButtons({ making }: { making: Making }): ReactElement {
  const t = useText("registers");
  return (
    <>
      {FORMATS.map((format) => (
        <Button
          key={format}
          icon={format === "book" ? <PrinterOutlined aria-hidden /> : undefined}
          loading={making.busy === format}
          disabled={making.busy !== undefined && making.busy !== format}
          onClick={() => making.make(format)}
        >
          {t(`make.${format}`)}
        </Button>
      ))}
    </>
  );
}

/** What the reader had made of this register today; what is on its way can be left and found again. */
export function ExportList({ register }: { register: RegisterName }): ReactElement | null {
  const t = useText("registers");
  const { data } = useQuery(exportsQuery(register));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card card-body register-exports" aria-labelledby="exports-title">
      <h2 id="exports-title">{t("make.title")}</h2>
      <ul className="stack-tight" aria-live="polite">
        {data.items.map((one) => (
          <li key={one.exportId} className="row">
            <OneExport made={one} />
          </li>
        ))}
      </ul>
      <p className="note">{t("make.hint")}</p>
    </section>
  );
}

function OneExport({ made }: { made: Export }): ReactElement {
  const t = useText("registers");
  const { fileName: name, done, total } = made;
  switch (made.state) {
    case "making":
      return (
        <div className="progress">
          <span>
            {done === 0
              ? t("make.queued", { name })
              : t("make.making", { name, done: formatCount(done), total: formatCount(total) })}
          </span>
          <progress aria-label={t("make.progress")} value={done} max={Math.max(total, 1)} />
        </div>
      );
    case "ready":
      return (
        <>
          <span>
            {t("make.ready", {
              name,
              count: total,
              lines: formatCount(total),
              size: formatBytes(made.sizeBytes ?? 0),
            })}
          </span>
          <a className="small-button" href={exportAddress(made.exportId)} download={name}>
            {t("make.download")}
          </a>
        </>
      );
    case "broken":
    case "gone":
      return <span>{t("make.broken", { name })}</span>;
  }
}
