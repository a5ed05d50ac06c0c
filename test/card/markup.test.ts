import { assert, constantFrom, property, string, array } from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { markdownHtml } from '../../electron/card/markdownHtml';
import { MarkdownText } from '../../renderer/card/MarkdownText';
import { foreignParts } from './foreignParts';
import { EMBEDDED_PICTURE, HOSTILE_MARKUP } from './markupPayloads';

function shown(text: string): string {
  return renderToStaticMarkup(createElement(MarkdownText, { text }));
}

describe('prose of a card', () => {
  it('is more than sixty hostile texts, each another one', () => {
    expect(HOSTILE_MARKUP.length).toBeGreaterThan(60);
    expect(new Set(HOSTILE_MARKUP).size).toBe(HOSTILE_MARKUP.length);
  });

  it.each(HOSTILE_MARKUP)('neither runs nor loads nor leads anywhere: %s', (text) => {
    expect(foreignParts(shown(text))).toEqual([]);
    expect(foreignParts(markdownHtml(text))).toEqual([]);
  });

  it('does neither when hostile texts are put together at random', () => {
    const part = constantFrom(...HOSTILE_MARKUP, '\n\n', '> ', '- ', '| a |\n|-|\n| ', '**', '`');
    assert(
      property(array(part, { maxLength: 6 }), string({ maxLength: 8 }), (parts, noise) => {
        const text = parts.join(noise);
        expect(foreignParts(shown(text))).toEqual([]);
        expect(foreignParts(markdownHtml(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('says what stood there: the address of a link, the name of a picture', () => {
    expect(shown('[more](https://example.org) ![plot](https://example.org/p.png)')).toContain(
      '<span>more (https://example.org)</span> <span>[Picture left out: plot (https://example.org/p.png)]</span>',
    );
  });

  it('keeps lists, tables, code and an embedded picture', () => {
    const html = shown(`# Title\n\n- **a**\n\n| x |\n|--:|\n| 1 |\n\n\`c\`\n\n${EMBEDDED_PICTURE}`);
    for (const kept of [
      '<h4>Title</h4>',
      '<strong>a</strong>',
      'text-align:right',
      '<code>c</code>',
    ])
      expect(html).toContain(kept);
    expect(html).toMatch(/<img src="data:image\/png;base64,[^"]+" alt="dot"\/>/u);
  });
});
