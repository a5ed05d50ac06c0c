import { isEmbeddedPicture } from '../../shared/card/markupPolicy';

const TAGS = new Set(
  `div span p br hr h4 h5 h6 blockquote pre code strong em del sub sup ul ol li img table thead
   tbody tr th td`.split(/\s+/u),
);

/** What in the markup is neither plain text nor one of the few elements without an address. */
export function foreignParts(html: string, alsoTags: readonly string[] = []): string[] {
  return [...html.matchAll(/<(\/?)([^\s/>]+)([^>]*)>/gu)].flatMap(
    ([tag, , name = '', rest = '']) => {
      if (!TAGS.has(name) && !alsoTags.includes(name)) return [tag];
      return [...rest.matchAll(/([^\s=/]+)(?:="([^"]*)")?/gu)].flatMap(
        ([, attribute, value = '']) => {
          const isPicture = name === 'img' && attribute === 'src' && isEmbeddedPicture(value);
          const isPlain =
            (name === 'div' && attribute === 'class') ||
            (name === 'img' && attribute === 'alt') ||
            (attribute === 'align' && /^(left|right|center)$/u.test(value)) ||
            (attribute === 'style' && /^text-align:(left|right|center)$/u.test(value));
          return isPicture || isPlain ? [] : [tag];
        },
      );
    },
  );
}
