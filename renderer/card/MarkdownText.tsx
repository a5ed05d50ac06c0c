import Markdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { MARKUP_SCHEMA, withoutAddresses } from '../../shared/card/markupPolicy';
import classes from './MarkdownText.module.css';

/** Markdown that anybody may have written, as text that loads nothing and leads nowhere. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className={classes.prose}>
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, MARKUP_SCHEMA], () => withoutAddresses]}
        // The policy above decides about addresses.
        urlTransform={(url) => url}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  );
}
