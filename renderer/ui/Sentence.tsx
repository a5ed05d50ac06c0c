import { Fragment, type ReactNode } from 'react';

/** A generated sentence: names between backticks stand out, as they may be any text. */
export function Sentence({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/`([^`]+)`/).map((part, i) =>
        // Odd parts are those between backticks; a sentence's parts have no identity of their own.
        i % 2 === 1 ? <b key={i}>{part}</b> : <Fragment key={i}>{withWholeNumbers(part)}</Fragment>,
      )}
    </>
  );
}

/** Keeps a number such as 1e-300 on one line: its minus sign would otherwise end the line. */
function withWholeNumbers(text: string): ReactNode {
  return text.split(/(\d(?:\.\d+)?e-\d+)/).map((part, i) =>
    i % 2 === 1 ? (
      <span key={i} style={{ whiteSpace: 'nowrap' }}>
        {part}
      </span>
    ) : (
      <Fragment key={i}>{part}</Fragment>
    ),
  );
}
