/** The part of the Trusted Types API that is used here; the DOM library does not declare it. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: {
      createHTML(text: string): string | null;
      createScript(): null;
      createScriptURL(): null;
    },
  ): unknown;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypesFactory;
  }
}

/**
 * The component kit writes CSS through `innerHTML` of a style element. Text without an opening
 * angle bracket cannot become an element, so that much is let through and nothing else.
 */
export function markupFreeText(text: string): string | null {
  return text.includes('<') ? null : text;
}

if (typeof window !== 'undefined') {
  window.trustedTypes?.createPolicy('default', {
    createHTML: markupFreeText,
    createScript: () => null,
    createScriptURL: () => null,
  });
}
