import { Fragment } from 'react';

/** A generated sentence: names between backticks stand out, as they may be any text. */
export function Sentence({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/`([^`]+)`/).map((part, i) =>
        // Odd parts are those between backticks; a sentence's parts have no identity of their own.
        i % 2 === 1 ? <b key={i}>{part}</b> : <Fragment key={i}>{part}</Fragment>,
      )}
    </>
  );
}
