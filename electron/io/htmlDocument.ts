/**
 * A page that needs nothing but itself: no script, no URL, readable in print; pictures only inside it.
 *
 * @param look.isPaged true where the printer numbers the pages itself
 */
export function htmlDocument(
  title: string,
  sections: readonly string[],
  { isPaged = false }: { readonly isPaged?: boolean } = {},
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${isPaged ? ON_PAGES : NUMBERED_PAGES}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${sections.join('\n')}
</body>
</html>
`;
}

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2rem; border-bottom: 1px solid #8a9099; } h3 { margin-top: 1.5rem; }
.finding { font-size: 1.05rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #c6cad0; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; min-width: 6.5em; }
th { background: #eef0f3; }
svg { display: block; } .reference { fill: #8a9099; } .live { fill: #2f5fd0; fill-opacity: .65; }
tr { break-inside: avoid; } h2, h3 { break-after: avoid; } img { max-width: 100%; } .unsaid { color: #59636e; }
`;

const ON_PAGES = `body { font-size: 12px; max-width: none; margin: 0; padding: 0; } th, td { min-width: 0; }
`;

const NUMBERED_PAGES = `@page { margin: 18mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); } }
`;

/** @param markupColumns titles of columns whose cells are markup of ours; all others are escaped */
export function htmlTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  markupColumns: readonly string[] = [],
): string {
  const head = header.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const isMarkup = markupColumns.includes(header[i] ?? '');
      return `<td>${isMarkup ? cell : escapeHtml(cell)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A generated sentence: what stands between backticks is a name and is set as one. */
export function sentenceHtml(sentence: string): string {
  return escapeHtml(sentence).replace(/`([^`]+)`/gu, '<code>$1</code>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
