import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { RuleBookPageData } from "./queries.ts";

type Texts = Pick<RuleBookPageData, "text" | "sources">;

/** The whole text, with its contents beside it; on a phone they are folded above it. */
export function BookText({ text, sources }: Texts): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const book = text[language];
  const numbers = t("numbers").split(" ");
  const chapters = book.chapters.map((chapter, at) => ({
    ...chapter,
    label: t("chapter", { number: numbers[at] ?? at + 1 }),
  }));
  const contents = (
    <ol className="book-contents">
      {chapters.map((chapter) => (
        <li key={chapter.id}>
          <a href={`#chapter-${chapter.id}`}>
            <span className="note">{chapter.label}</span> {chapter.title}
          </a>
        </li>
      ))}
    </ol>
  );
  return (
    <div className="book">
      <nav className="book-side" aria-label={t("contents")}>
        <h2>{t("contents")}</h2>
        {contents}
      </nav>
      <details className="book-fold card">
        <summary>{t("contents")}</summary>
        {contents}
      </details>
      <article className="card book-paper" aria-label={book.title}>
        <h2 className="book-title">{book.title}</h2>
        {chapters.map((chapter) => (
          <section key={chapter.id} aria-labelledby={`chapter-${chapter.id}`}>
            <h3 id={`chapter-${chapter.id}`} tabIndex={-1}>
              <span>{chapter.label}</span> {chapter.title}
            </h3>
            {chapter.articles.map((article) => (
              <div key={article.id} className="book-article" id={`article-${article.number}`}>
                <span className="book-number">{t("article", { number: article.number })}</span>
                <div>
                  <p>{article.text}</p>
                  {article.items.length > 0 && (
                    <ul className="book-items">
                      {article.items.map((item) => (
                        <li key={item}>{item}</li>
                      ))}
                    </ul>
                  )}
                  <p className="book-source note small">
                    {article.controls.length > 0 && (
                      <span>{t("serves", { controls: formatNames(article.controls, language) })}</span>
                    )}
                    {article.from.length > 0 && (
                      <span>
                        {t("from", {
                          sources: formatNames(
                            article.from.flatMap((key) => {
                              const name = sources[key];
                              return name ? [nameIn(name, language)] : [];
                            }),
                            language,
                          ),
                        })}
                      </span>
                    )}
                  </p>
                </div>
              </div>
            ))}
          </section>
        ))}
      </article>
    </div>
  );
}
