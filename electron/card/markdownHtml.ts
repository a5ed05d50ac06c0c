import { toHtml } from 'hast-util-to-html';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { MARKUP_SCHEMA, withoutAddresses, type FindPicture } from '../../shared/card/markupPolicy';

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  // Raw HTML is dropped here already; the schema is the second lock.
  .use(remarkRehype)
  .use(rehypeSanitize, MARKUP_SCHEMA);

/** Markdown that anybody may have written, as HTML that loads nothing and leads nowhere. */
export function markdownHtml(text: string, findPicture: FindPicture = () => null): string {
  const tree = processor.runSync(processor.parse(text));
  withoutAddresses(tree, findPicture);
  return toHtml(tree);
}
