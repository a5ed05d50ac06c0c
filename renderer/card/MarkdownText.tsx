import Markdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { MARKUP_SCHEMA, withoutAddresses } from '../../shared/card/markupPolicy';
import classes from './MarkdownText.module.css';

interface MarkdownTextProps {
  readonly text: string;
  /** Data addresses of the pictures that it refers to, by digest. */
  readonly pictures?: Readonly<Record<string, string | null>>;
}

/** Markdown that anybody may have written, as text that loads nothing and leads nowhere. */
export function MarkdownText({ text, pictures = {} }: MarkdownTextProps) {
  function strip(tree: Parameters<typeof withoutAddresses>[0]): void {
    withoutAddresses(tree, (sha256) => pictures[sha256] ?? null);
  }
  return (
    <div className={classes.prose}>
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, MARKUP_SCHEMA], () => strip]}
        // The policy above decides about addresses.
        urlTransform={(url) => url}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  );
}
